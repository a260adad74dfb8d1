package dev.hyperflow.engine.internal.event;

import java.util.Optional;

/** What an example or a query carries: a text for the encoder, or features made elsewhere. */
public sealed interface Payload {

  /** The text that the features are made from, if it is known. */
  Optional<String> source();

  /** A text, encoded by the bundle's encoder. */
  record Text(String text) implements Payload {
    @Override
    public Optional<String> source() {
      return Optional.of(text);
    }
  }

  /**
   * Features that skip the encoder; they must come from the space the bundle works in.
   *
   * @param source the text that they were made from, if it came with them
   */
  record Features(FeatureVector vector, Optional<String> source) implements Payload {

    /** Features of which no text is known. */
    public Features(FeatureVector vector) {
      this(vector, Optional.empty());
    }
  }
}
