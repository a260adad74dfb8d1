package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TextTokens;
import java.util.List;
import java.util.Optional;

/** An encoder that shares its device. Owns the encoders under it. */
final class DeviceEncoder implements Encoder {

  private final Encoder first;
  private final Lanes<String, float[]> calls;
  private final Runnable closeModels;

  DeviceEncoder(Encoder first, Lanes<String, float[]> calls, Runnable closeModels) {
    this.first = first;
    this.calls = calls;
    this.closeModels = closeModels;
  }

  @Override
  public String id() {
    return first.id();
  }

  @Override
  public int dimension() {
    return first.dimension();
  }

  @Override
  public int innerWidth() {
    return first.innerWidth();
  }

  @Override
  public TextPrefixes prefixes() {
    return first.prefixes();
  }

  @Override
  public Optional<List<TextTokens>> tokens(List<String> texts) {
    return first.tokens(texts);
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
