package dev.hyperflow.engine.internal.encode;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.models.internal.TextTokens;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What became of a payload: features, or a refusal. */
public sealed interface Encoded {

  /** Calls the function for the case that this is. */
  <T> T fold(Function<FeatureVector, T> onFeatures, Function<Rejection, T> onRefused);

  /** As {@link #fold}, for what gives no value. */
  void handle(Consumer<FeatureVector> onFeatures, Consumer<Rejection> onRefused);

  /** What the encoder made of a text; empty when the payload is none. */
  Optional<TextTokens> tokens();

  /**
   * The payload's features.
   *
   * @param tokens what the encoder made of a text; empty when the payload is none
   */
  record Features(FeatureVector vector, Optional<TextTokens> tokens) implements Encoded {

    /** Features of what is no text. */
    public Features(FeatureVector vector) {
      this(vector, Optional.empty());
    }

    @Override
    public <T> T fold(Function<FeatureVector, T> onFeatures, Function<Rejection, T> onRefused) {
      return onFeatures.apply(vector);
    }

    @Override
    public void handle(Consumer<FeatureVector> onFeatures, Consumer<Rejection> onRefused) {
      onFeatures.accept(vector);
    }
  }

  /**
   * Why there are none.
   *
   * @param tokens as for {@link Features}
   */
  record Refused(Rejection rejection, Optional<TextTokens> tokens) implements Encoded {

    /** A refusal that no token has to do with. */
    public Refused(Rejection rejection) {
      this(rejection, Optional.empty());
    }

    @Override
    public <T> T fold(Function<FeatureVector, T> onFeatures, Function<Rejection, T> onRefused) {
      return onRefused.apply(rejection);
    }

    @Override
    public void handle(Consumer<FeatureVector> onFeatures, Consumer<Rejection> onRefused) {
      onRefused.accept(rejection);
    }
  }
}
