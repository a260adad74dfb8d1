package dev.hyperflow.models.internal;

import java.util.List;
import java.util.Optional;

/** An encoder around another one, which it also closes. As thread-safe as the other. */
public abstract class ForwardingEncoder implements Encoder {
  private final Encoder encoder;

  /** Wraps an encoder. */
  protected ForwardingEncoder(Encoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public final String id() {
    return encoder.id();
  }

  @Override
  public final int dimension() {
    return encoder.dimension();
  }

  @Override
  public final int innerWidth() {
    return encoder.innerWidth();
  }

  @Override
  public final TextPrefixes prefixes() {
    return encoder.prefixes();
  }

  @Override
  public final Optional<List<TextTokens>> tokens(List<String> texts) {
    return encoder.tokens(texts);
  }

  @Override
  public float[][] encode(List<String> texts) {
    return encoder.encode(texts);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
