package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TextTokens;
import java.util.List;
import java.util.Optional;

/** An encoder that shares its device. Owns the encoders under it. */
final class DeviceEncoder implements Encoder {

  private final Encoder onDevice;
  private final DeviceCalls<String, float[]> calls;
  private final Runnable closeModels;

  DeviceEncoder(Encoder onDevice, DeviceCalls<String, float[]> calls, Runnable closeModels) {
    this.onDevice = onDevice;
    this.calls = calls;
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
  public int innerWidth() {
    return onDevice.innerWidth();
  }

  @Override
  public TextPrefixes prefixes() {
    return onDevice.prefixes();
  }

  @Override
  public Optional<List<TextTokens>> tokens(List<String> texts) {
    return onDevice.tokens(texts);
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
