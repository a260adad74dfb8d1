package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Encoder;
import java.util.List;

/** An encoder that shares its device. Owns the encoders under it. */
final class DeviceEncoder implements Encoder {

  private final Encoder onDevice;
  private final ModelLine<String, float[]> line;
  private final Runnable closeModels;

  DeviceEncoder(Encoder onDevice, ModelLine<String, float[]> line, Runnable closeModels) {
    this.onDevice = onDevice;
    this.line = line;
    this.closeModels = closeModels;
  }

  @Override
  public String id() {
    return onDevice.id();
  }

  @Override
  public int dimension() {
    return onDevice.dimension();
  }

  @Override
  public float[][] encode(List<String> texts) {
    return line.run(texts).toArray(new float[0][]);
  }

  @Override
  public void close() {
    line.close();
    closeModels.run();
  }
}
