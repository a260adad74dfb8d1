package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the environment of ONNX Runtime alive for as long as the process lives. */
final class EnvironmentHold {

  /*
   * The Java binding releases the environment in a shutdown hook of its own. Hooks run side by side.
   * So while another hook waits for stream threads, these still run models. As soon as a run needs
   * more memory than any before, ONNX Runtime 1.29.0 writes a line of its log through the
   * environment that is gone, and the process dies with SIGSEGV. A hook cannot be ordered or taken
   * back, but the environment counts its references. The binding holds one; this one is never given
   * back. The binding has no public method for that.
   */

  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentHold.class);

  private static boolean held;

  private EnvironmentHold() {}

  /** Takes a reference to the environment, once in a process. */
  static synchronized void take() {
    if (held) {
      return;
    }
    held = true;
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      create.invoke(
          null,
          api.getLong(null),
          OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
          OrtEnvironment.DEFAULT_NAME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("cause", e)
          .log("A model that still runs when the process is stopped may crash it");
    }
  }
}
