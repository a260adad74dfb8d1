package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Interval;
import dev.hyperflow.training.report.Reliability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that was measured, by set, setting and method. Not changed once it is complete. */
final class Results {

  private final List<String> sets;
  private final List<Setting> settings;
  private final List<String> methods;
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();

  private record Key(String set, Setting setting, String method) {}

  Results(List<String> sets, List<Setting> settings, List<String> methods) {
    this.sets = List.copyOf(sets);
    this.settings = List.copyOf(settings);
    this.methods = List.copyOf(methods);
    for (String set : sets) {
      for (Setting setting : settings) {
        for (String method : methods) {
          tallies.put(new Key(set, setting, method), new Tally());
        }
      }
    }
  }

  List<String> sets() {
    return sets;
  }

  List<Setting> settings() {
    return settings;
  }

  /** Names of the methods, in order of the report. */
  List<String> methods() {
    return methods;
  }

  Tally tally(String set, Setting setting, String method) {
    return tallies.get(new Key(set, setting, method));
  }

  /** Accuracy of a method in a setting, over all sets. */
  Interval meanAccuracy(Setting setting, String method) {
    return Interval.ofMeans(
        sets.stream().map(set -> tally(set, setting, method).accuracy()).toList());
  }

  /** The logistic regression with the higher mean accuracy in a setting; its fixed C only. */
  String betterRegression(Setting setting) {
    return meanAccuracy(setting, Peer.LR_1).mean() > meanAccuracy(setting, Peer.LR_10).mean()
        ? Peer.LR_1
        : Peer.LR_10;
  }

  /** By how much a method is more accurate than another on a set, on the same episodes. */
  Interval difference(String set, Setting setting, String method, String other) {
    return Interval.ofDifferences(
        tally(set, setting, method).accuracies(), tally(set, setting, other).accuracies());
  }

  /** The same over all sets. */
  Interval difference(Setting setting, String method, String other) {
    return Interval.ofMeans(
        sets.stream().map(set -> difference(set, setting, method, other)).toList());
  }

  /** Expected calibration error on a set; empty for methods without probabilities. */
  Optional<Double> calibrationError(String set, Setting setting, String method) {
    Reliability reliability = tally(set, setting, method).reliability();
    return reliability.isEmpty()
        ? Optional.empty()
        : Optional.of(reliability.expectedCalibrationError());
  }

  /** Its mean over all sets. */
  Optional<Double> calibrationError(Setting setting, String method) {
    double sum = 0;
    for (String set : sets) {
      Optional<Double> error = calibrationError(set, setting, method);
      if (error.isEmpty()) {
        return error;
      }
      sum += error.get();
    }
    return Optional.of(sum / sets.size());
  }
}
