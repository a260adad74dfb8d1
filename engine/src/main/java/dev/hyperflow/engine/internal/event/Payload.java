package dev.hyperflow.engine.internal.event;

/** What an example or a query carries: a text for the encoder, or features made elsewhere. */
public sealed interface Payload {

  /** A text, encoded by the bundle's encoder. */
  record Text(String text) implements Payload {}

  /** Features that skip the encoder; they must come from the space the bundle works in. */
  record Features(FeatureVector vector) implements Payload {}
}
