package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.BundleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One model opened on each device and, where wanted or needed, once more on the processor. Owns
 * all.
 *
 * @param onDevices the model of each device; the one on the processor where the device failed
 * @param failures of devices that could not open it, by their place
 * @param closer frees one of them
 */
record LoadedModels<T>(
    List<T> onDevices,
    SortedMap<Integer, BundleException> failures,
    Optional<T> onProcessor,
    Consumer<T> closer) {

  /**
   * Opens all or none.
   *
   * @param fallback whether the processor opens the model in any case
   * @param standIn whether the processor stands in for a device that cannot open the model; if not,
   *     that failure is thrown
   */
  static <T> LoadedModels<T> open(
      List<Supplier<T>> onDevices,
      Supplier<T> onProcessor,
      boolean fallback,
      boolean standIn,
      Consumer<T> closer) {
    List<T> opened = new ArrayList<>();
    SortedMap<Integer, BundleException> failures = new TreeMap<>();
    try {
      for (int place = 0; place < onDevices.size(); place++) {
        try {
          opened.add(onDevices.get(place).get());
        } catch (BundleException e) {
          if (!standIn) {
            throw e;
          }
          failures.put(place, e);
        }
      }
      Optional<T> processor =
          fallback || !failures.isEmpty() ? Optional.of(onProcessor.get()) : Optional.empty();
      failures.keySet().forEach(place -> opened.add(place, processor.orElseThrow()));
      return new LoadedModels<>(List.copyOf(opened), failures, processor, closer);
    } catch (Throwable e) {
      failures.values().forEach(e::addSuppressed);
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
    close(Stream.concat(onDevices.stream(), onProcessor.stream()).distinct().toList(), closer)
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
