package dev.hyperflow.training.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

/** The native library behind {@link DjlTensors}: on the processor, one thread, without network. */
public final class PyTorch {

  /*
   * One thread, so that sums are always made in the same order and a run can be repeated bit by
   * bit; and more of them are slower on a busy machine, where they wait for each other by spinning.
   * The library reads its settings once, when it is first used: so everybody comes through here.
   */
  private static final String NAME = "PyTorch";

  static {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private PyTorch() {}

  /** A new owner of arrays, to be closed by the caller. */
  public static NDManager manager() {
    return NDManager.newBaseManager(NAME);
  }

  /** Records operations until it is closed; one at a time. */
  public static GradientCollector recording() {
    return Engine.getEngine(NAME).newGradientCollector();
  }

  /** Version of the library. */
  public static String version() {
    return Engine.getEngine(NAME).getVersion();
  }
}
