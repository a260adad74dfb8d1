package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;

/** The settings that say which bundle serves, and where its networks run. */
final class BundleDefinition {
  private static final String BUNDLE = "bundle";
  private static final String DEVICE = "device";
  private static final String CACHE = "encoder.cache-texts";

  private BundleDefinition() {}

  static void define(SettingList settings) {
    settings
        .text(
            BUNDLE,
            ShippedBundles.DRIFT,
            new NonEmptyString(),
            "The bundle: a directory, a .zip file, or classpath:folder.")
        .text(
            DEVICE,
            "cpu",
            CaseInsensitiveValidString.in("cpu", "cuda", "auto"),
            "Where networks run. cuda: start-up fails without CUDA. auto: falls back to cpu"
                + " without CUDA, or where a card cannot load a model.")
        .integer(
            CACHE,
            2_048,
            between(0, 10_000_000),
            "Number of texts whose vectors an instance remembers, so that it does not encode them"
                + " again. 0: none.");
  }

  static String location(ParsedSettings parsed) {
    return parsed.getString(BUNDLE);
  }

  static int cachedTexts(ParsedSettings parsed) {
    return parsed.getInt(CACHE);
  }

  static BundleOptions read(ParsedSettings parsed) {
    return BundleOptions.defaults()
        .withDevice(parsed.getEnum(DeviceChoice.class, DEVICE))
        .withCuda(DeviceDefinition.cuda(parsed))
        .withPolicy(DeviceDefinition.read(parsed));
  }
}
