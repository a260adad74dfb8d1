package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.DevicePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say how requests share a device, and when a model leaves a failing one. */
final class DeviceDefinition {
  private static final String CARDS = "device.cards";
  private static final String TF32 = "device.tf32";
  private static final String MERGE = "device.merge";
  private static final String BATCH_SIZE = "device.batch-size";
  private static final String BATCH_WAIT_US = "device.batch-wait-us";
  private static final String BREAKER_FAILURES = "device.breaker-failures";
  private static final String BREAKER_RETRY_RUNS = "device.breaker-retry-runs";

  private DeviceDefinition() {}

  static void define(SettingList settings) {
    DevicePolicy defaults = DevicePolicy.defaults();
    settings
        .text(
            CARDS,
            "0",
            LambdaValidator.with(DeviceDefinition::cards, () -> "0,…, no two alike"),
            "Indexes of the graphics cards, joined by commas. Each card has the models and a lane of"
                + " its own. Applies on cuda only.")
        .flag(
            TF32,
            CudaOptions.defaults().tf32(),
            "Whether cuda may round what it multiplies to 11 bits, which some cards do faster."
                + " Vectors and heads then differ from the processor's. Applies on cuda only.")
        .text(
            MERGE,
            defaults.merge().name().toLowerCase(Locale.ROOT),
            CaseInsensitiveValidString.in("auto", "on", "off"),
            "Whether one thread runs the models and merges the requests of all stream threads."
                + " auto: on cuda only.")
        .integer(
            BATCH_SIZE,
            defaults.largestBatch(),
            between(1, 1_024),
            "Maximum number of heads or texts in a merged run.")
        .integer(
            BATCH_WAIT_US,
            defaults.longestWaitMicros(),
            between(0, 1_000_000),
            "How long a request may wait for others while the device is idle, microseconds."
                + " Applies only if requests are merged. 0: a run merges only the requests that"
                + " arrived while the device was busy.")
        .integer(
            BREAKER_FAILURES,
            defaults.breakerFailures(),
            between(0, 1_000),
            "Number of failures of cuda in a row, of items that the processor managed, before a"
                + " model moves to the processor. 0: a model never moves, and the fallback takes"
                + " no memory.")
        .integer(
            BREAKER_RETRY_RUNS,
            defaults.breakerRetryRuns(),
            between(0, 1_000_000),
            "Number of runs on the processor before the model tries cuda again. 0: not before a"
                + " restart.");
  }

  static CudaOptions cuda(ParsedSettings parsed) {
    return CudaOptions.defaults()
        .withDeviceIds(cards(CARDS, parsed.getString(CARDS)))
        .withTf32(parsed.getBoolean(TF32));
  }

  private static List<Integer> cards(String name, Object value) {
    String[] ids = value.toString().split(",", -1);
    List<Integer> cards = new ArrayList<>();
    for (String id : ids) {
      boolean known = id.strip().matches("[0-9]{1,3}");
      int card = known ? Integer.parseInt(id.strip()) : -1;
      if (!known || cards.contains(card)) {
        throw new ConfigException(
            name, value, "expected different indexes of graphics cards, such as 0,1");
      }
      cards.add(card);
    }
    return cards;
  }

  static DevicePolicy read(ParsedSettings parsed) {
    return new DevicePolicy(
        parsed.getEnum(DevicePolicy.Merge.class, MERGE),
        parsed.getInt(BATCH_SIZE),
        parsed.getInt(BATCH_WAIT_US),
        parsed.getInt(BREAKER_FAILURES),
        parsed.getInt(BREAKER_RETRY_RUNS));
  }
}
