package dev.hyperflow.training.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;

/** PyTorch as this module uses it: on the processor, with one thread, without network. */
public final class PyTorch {

  /*
   * With one thread, sums are always made in the same order and a run can be repeated bit by bit.
   * More threads are slower on a busy machine, where they wait for each other by spinning. The
   * library reads its settings once, when it is first used. A value that somebody set stays.
   */
  private static final String NAME = "PyTorch";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ai.djl.pytorch.num_threads", "1",
          "ai.djl.pytorch.num_interop_threads", "1",
          "ai.djl.offline", "true",
          "RUST_FLAVOR", "cpu",
          "OPT_OUT_TRACKING", "true");

  private PyTorch() {}

  /** Sets up DJL's native libraries. Call it before another part of DJL loads one. */
  public static void configure() {
    SETTINGS.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }

  /** Opens an owner of arrays. The caller closes it. */
  public static NDManager manager() {
    configure();
    return NDManager.newBaseManager(NAME);
  }

  /** Starts to record operations, until the caller closes the collector. Only one can be open. */
  public static GradientCollector recording() {
    configure();
    return Engine.getEngine(NAME).newGradientCollector();
  }
}
