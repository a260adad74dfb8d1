package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.ForwardingEncoder;
import java.util.List;

/** An encoder that shares its device. Owns the encoders under it. */
final class DeviceEncoder extends ForwardingEncoder {

  private final Lanes<String, float[]> calls;
  private final Runnable closeModels;

  DeviceEncoder(Encoder first, Lanes<String, float[]> calls, Runnable closeModels) {
    super(first);
    this.calls = calls;
    this.closeModels = closeModels;
  }

  @Override
  public float[][] encode(List<String> texts) {
    return calls.run(texts).toArray(new float[0][]);
  }

  @Override
  public void close() {
    calls.close();
    closeModels.run();
  }
}
