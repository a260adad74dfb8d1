package dev.hyperflow.models.internal.device;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One model opened on the device and, where wanted, once more on the processor. Owns both.
 *
 * @param closer frees one of them
 */
record ModelPair<T>(T onDevice, Optional<T> onProcessor, Consumer<T> closer) {

  /** Opens both or none. */
  static <T> ModelPair<T> open(
      Supplier<T> onDevice, Optional<Supplier<T>> onProcessor, Consumer<T> closer) {
    T first = onDevice.get();
    try {
      return new ModelPair<>(first, onProcessor.map(Supplier::get), closer);
    } catch (Throwable e) {
      try {
        closer.accept(first);
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Looks at the fallback, if there is one, in another way. */
  <R> Optional<R> fallback(Function<T, R> view) {
    return onProcessor.map(view);
  }

  void close() {
    try {
      closer.accept(onDevice);
    } finally {
      onProcessor.ifPresent(closer);
    }
  }
}
