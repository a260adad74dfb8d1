package dev.hyperflow.engine.internal.encode;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Rejection;
import java.util.function.Consumer;
import java.util.function.Function;

/** What became of a payload: features, or a refusal. */
public sealed interface Encoded {

  /** Calls the function for the case that this is. */
  <T> T fold(Function<FeatureVector, T> onFeatures, Function<Rejection, T> onRefused);

  /** As {@link #fold}, for what gives no value. */
  void handle(Consumer<FeatureVector> onFeatures, Consumer<Rejection> onRefused);

  /** The payload's features. */
  record Features(FeatureVector vector) implements Encoded {
    @Override
    public <T> T fold(Function<FeatureVector, T> onFeatures, Function<Rejection, T> onRefused) {
      return onFeatures.apply(vector);
    }

    @Override
    public void handle(Consumer<FeatureVector> onFeatures, Consumer<Rejection> onRefused) {
      onFeatures.accept(vector);
    }
  }

  /** Why there are none. */
  record Refused(Rejection rejection) implements Encoded {
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
