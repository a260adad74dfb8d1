package dev.hyperflow.topology.internal.config;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings that say which bundle serves, and where its networks run. */
final class BundleDefinition {
  private static final String BUNDLE = "bundle";
  private static final String DEVICE = "device";

  private BundleDefinition() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            BUNDLE,
            Type.STRING,
            ShippedBundles.DRIFT,
            new NonEmptyString(),
            Importance.HIGH,
            "The bundle: a directory, a .zip file, or classpath:folder.")
        .define(
            DEVICE,
            Type.STRING,
            "cpu",
            CaseInsensitiveValidString.in("cpu", "cuda", "auto"),
            Importance.HIGH,
            "Where networks run. cuda: start-up fails without CUDA. auto: falls back to cpu"
                + " without CUDA.");
  }

  static String location(ParsedSettings parsed) {
    return parsed.getString(BUNDLE);
  }

  static BundleOptions read(ParsedSettings parsed) {
    return BundleOptions.defaults()
        .withDevice(parsed.getEnum(DeviceChoice.class, DEVICE))
        .withPolicy(DeviceDefinition.read(parsed));
  }
}
