package dev.hyperflow.training.finetune;

import dev.hyperflow.training.report.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What every method gave in every episode. Not safe for use by several threads. */
final class Measurements {

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, MemoryMeter.Reading> memory = new LinkedHashMap<>();

  /**
   * One method in one episode.
   *
   * @param method what the report calls it
   * @param seconds of processor time, from features for a head, from token ids else
   * @param operations floating-point operations of adapting
   */
  record Entry(
      String set, int episode, String method, double accuracy, double seconds, double operations) {}

  void add(Entry entry) {
    entries.add(entry);
  }

  /** Memory of a method: a mode's option or {@link MemoryMeter#HEAD}. */
  void remember(String method, MemoryMeter.Reading reading) {
    memory.put(method, reading);
  }

  List<Entry> entries() {
    return entries;
  }

  Map<String, MemoryMeter.Reading> memory() {
    return memory;
  }

  List<String> sets() {
    return entries.stream().map(Entry::set).distinct().toList();
  }

  List<String> methods() {
    return entries.stream().map(Entry::method).distinct().toList();
  }

  long episodes(String set) {
    return entries.stream().filter(e -> e.set.equals(set)).map(Entry::episode).distinct().count();
  }

  /** Accuracy of a method in the episodes of a set. */
  Interval accuracy(String set, String method) {
    return Interval.of(accuracies(set, method));
  }

  /** Mean over sets of the differences of one method to another. */
  Interval difference(String method, String other) {
    return Interval.ofMeans(
        sets().stream()
            .map(set -> Interval.ofDifferences(accuracies(set, method), accuracies(set, other)))
            .toList());
  }

  private double[] accuracies(String set, String method) {
    return entries.stream()
        .filter(e -> e.set.equals(set) && e.method.equals(method))
        .mapToDouble(Entry::accuracy)
        .toArray();
  }

  double seconds(String method) {
    return mean(method, Entry::seconds);
  }

  double operations(String method) {
    return mean(method, Entry::operations);
  }

  private double mean(String method, ToDoubleFunction<Entry> figure) {
    return entries.stream()
        .filter(e -> e.method.equals(method))
        .mapToDouble(figure)
        .average()
        .orElseThrow();
  }

  /** Memory of what a method's name begins with. */
  Optional<MemoryMeter.Reading> reading(String method) {
    return memory.entrySet().stream()
        .filter(entry -> method.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
