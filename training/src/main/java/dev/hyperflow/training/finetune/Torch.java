package dev.hyperflow.training.finetune;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;

/** The native library behind fine-tuning: on the processor, one thread, without network. */
final class Torch {

  /*
   * One thread, as the heads it is compared with are made by one. The library reads its settings
   * once, when it is first used: so everybody comes through here. A value somebody set stays.
   */
  private static final String NAME = "PyTorch";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ai.djl.pytorch.num_threads", "1",
          "ai.djl.pytorch.num_interop_threads", "1",
          "ai.djl.offline", "true",
          "RUST_FLAVOR", "cpu",
          "OPT_OUT_TRACKING", "true");

  private Torch() {}

  /** Makes the settings; before any native library is used. */
  static void configure() {
    SETTINGS.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }

  /** A new owner of arrays, to be closed by the caller. */
  static NDManager manager() {
    configure();
    return NDManager.newBaseManager(NAME);
  }

  /** Records operations until it is closed; one at a time. */
  static GradientCollector recording() {
    return Engine.getEngine(NAME).newGradientCollector();
  }
}
