package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.Device;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Opens sessions on one device, all with the same settings. */
final class SessionFactory {

  /*
   * One thread per run and no spinning: parallelism comes from the callers' threads. With two
   * intra-op threads a result was seen to depend on its batch for 64 labels and more; with one it
   * never did. It is also faster in sum, as idle pool threads do not burn a core.
   *
   * Memory patterns are off: they keep one planned allocation per combination of input shapes ever
   * seen, and batches, buckets and text lengths make hundreds of those.
   */
  private static final int THREADS = 1;
  private static final String SPINNING = "session.intra_op.allow_spinning";

  private final OrtEnvironment environment;
  private final Device device;
  private final BundleOptions options;

  SessionFactory(OrtEnvironment environment, Device device, BundleOptions options) {
    this.environment = environment;
    this.device = device;
    this.options = options;
  }

  /** The one environment of the process, with telemetry off. */
  static OrtEnvironment environment() {
    CommandLineGuard.check();
    RuntimeLibraries.unpack();
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(
            OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, OrtEnvironment.DEFAULT_NAME);
    EnvironmentHold.take();
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("telemetry: expected to be turned off, found it on", e);
    }
    return environment;
  }

  /**
   * Opens a model.
   *
   * @param name what messages call it
   * @param model the ONNX bytes in a direct buffer, from its position to its limit; not needed
   *     after the call
   */
  ModelSession open(String name, ByteBuffer model) {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      settings.setIntraOpNumThreads(THREADS);
      settings.setInterOpNumThreads(THREADS);
      settings.setDeterministicCompute(true);
      settings.setMemoryPatternOptimization(false);
      settings.addConfigEntry(SPINNING, "0");
      if (device.kind() == Device.Kind.CUDA) {
        addCuda(settings, options.cuda());
      }
      OrtSession session = environment.createSession(model, settings);
      return new ModelSession(name, environment, session);
    } catch (OrtException | LinkageError e) {
      throw new BundleException(
          "%s: expected an ONNX model that ONNX Runtime %s can load on %s, found: %s"
              .formatted(
                  name,
                  environment.getVersion(),
                  OnnxRuntime.lane(device, options),
                  Messages.oneLine(e)),
          e);
    }
  }

  /**
   * Adds CUDA to session settings.
   *
   * @param options of which the first card counts
   * @throws OrtException if it cannot be used; the message names the missing library
   */
  static void addCuda(OrtSession.SessionOptions settings, CudaOptions options) throws OrtException {
    // The variant without provider options fails with a message that names no library.
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(options.deviceIds().get(0))) {
      for (Map.Entry<String, String> entry : cudaOptions(options).entrySet()) {
        cuda.add(entry.getKey(), entry.getValue());
      }
      settings.addCUDA(cuda);
    }
  }

  /** The options of the CUDA execution provider, besides the device id. */
  static Map<String, String> cudaOptions(CudaOptions options) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("arena_extend_strategy", "kSameAsRequested");
    entries.put("gpu_mem_limit", Long.toString(options.memoryLimitBytes()));
    // ONNX Runtime's own default is on, which breaks the agreement with the processor.
    entries.put("use_tf32", options.tf32() ? "1" : "0");
    return entries;
  }
}
