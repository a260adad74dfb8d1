package dev.hyperflow.models.internal.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One model opened on each device and, where wanted, once more on the processor. Owns all.
 *
 * @param closer frees one of them
 */
record LoadedModels<T>(List<T> onDevices, Optional<T> onProcessor, Consumer<T> closer) {

  /** Opens all or none. */
  static <T> LoadedModels<T> open(
      List<Supplier<T>> onDevices, Optional<Supplier<T>> onProcessor, Consumer<T> closer) {
    List<T> opened = new ArrayList<>();
    try {
      onDevices.forEach(device -> opened.add(device.get()));
      return new LoadedModels<>(List.copyOf(opened), onProcessor.map(Supplier::get), closer);
    } catch (Throwable e) {
      close(opened, closer).ifPresent(e::addSuppressed);
      throw e;
    }
  }

  /** The model on the first device, which can tell what all have in common. */
  T first() {
    return onDevices.get(0);
  }

  /** Looks at the fallback, if there is one, in another way. */
  <R> Optional<R> fallback(Function<T, R> view) {
    return onProcessor.map(view);
  }

  void close() {
    List<T> all = new ArrayList<>(onDevices);
    onProcessor.ifPresent(all::add);
    close(all, closer)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  /** Closes each, and returns the first failure. */
  private static <T> Optional<RuntimeException> close(List<T> models, Consumer<T> closer) {
    Optional<RuntimeException> failure = Optional.empty();
    for (T model : models) {
      try {
        closer.accept(model);
      } catch (RuntimeException e) {
        failure.ifPresent(first -> first.addSuppressed(e));
        failure = failure.or(() -> Optional.of(e));
      }
    }
    return failure;
  }
}
