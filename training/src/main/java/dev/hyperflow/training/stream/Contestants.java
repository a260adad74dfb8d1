package dev.hyperflow.training.stream;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What plays: each bundle with each memory, and classical learners. Makes learners for several
 * threads at once. Owns the bundles.
 */
final class Contestants implements AutoCloseable {

  static final int MAX_MEMORY = 1_000_000;

  /** Maximum number of labels that a tenant can be given room for. */
  static final int MAX_LABELS = 200;

  static final String LR_1 = RefitRegression.name(1);
  static final String LR_10 = RefitRegression.name(10);

  private final List<Bundle> opened = new ArrayList<>();
  private final Map<String, Function<LabelStream, Learner>> bundles = new LinkedHashMap<>();
  private final Map<String, Function<LabelStream, Learner>> peers = new LinkedHashMap<>();

  private Contestants(int refit) {
    peer(ClassMeans.NAME, ClassMeans::new);
    peer(NearestNeighbours.NAME, NearestNeighbours::new);
    peer(SoftmaxSgd.NAME, SoftmaxSgd::new);
    peer(LR_1, labels -> new RefitRegression(1, refit, labels));
    peer(LR_10, labels -> new RefitRegression(10, refit, labels));
  }

  private void peer(String name, Function<Integer, Learner> make) {
    peers.put(name, stream -> new FirstColumns(make.apply(stream.labels().size()), stream.outer()));
  }

  /**
   * Opens bundles.
   *
   * @param locations as in {@link Bundle#load}, at least one
   * @param memories what a tenant remembers
   * @param refit as in {@link RefitRegression}
   * @throws BundleException if a bundle cannot be used
   */
  static Contestants open(List<String> locations, List<Remembering> memories, int refit) {
    Contestants contestants = new Contestants(refit);
    try {
      for (String location : locations) {
        Bundle bundle =
            Bundle.load(location, BundleOptions.defaults().withEncodedFeatures().withWarmUp(false));
        contestants.opened.add(bundle);
        memories.forEach(memory -> contestants.add(bundle, memory));
      }
      return contestants;
    } catch (RuntimeException e) {
      contestants.close();
      throw e;
    }
  }

  private void add(Bundle bundle, Remembering memory) {
    String own = bundle.manifest().name();
    String name = memory.named(own);
    Function<LabelStream, Learner> make =
        stream ->
            new FirstColumns(
                new EngineLearner(bundle, memory, stream.labels()),
                columns(bundle, stream.features(0).length));
    if (bundles.put(name, make) != null) {
      throw new BundleException("bundle " + own + ": expected a name of its own, found it twice");
    }
  }

  /** How many of the first columns of features a bundle takes. */
  private static int columns(Bundle bundle, int features) {
    return Math.min(features, bundle.manifest().usualDimension(features));
  }

  /**
   * Checks that every bundle takes features.
   *
   * @param encoder what the message calls their encoder
   */
  void requireDimension(int dimension, String encoder) {
    for (Bundle bundle : opened) {
      Manifest manifest = bundle.manifest();
      if (!manifest.featureDimension().accepts(columns(bundle, dimension))) {
        throw new BundleException(
            "bundle %s: expected features of dimension %s, found %d of %s"
                .formatted(manifest.name(), manifest.featureDimension(), dimension, encoder));
      }
    }
  }

  /** Full ids of the bundles. */
  List<String> ids() {
    return opened.stream().map(Bundle::id).toList();
  }

  List<String> bundles() {
    return List.copyOf(bundles.keySet());
  }

  List<String> peers() {
    return List.copyOf(peers.keySet());
  }

  /**
   * Plays a stream.
   *
   * @param guests answers that are there already, by method; those of classical methods of this run
   *     are taken instead of playing them
   * @return the track of each method: bundles, classical methods, then other guests
   */
  Map<String, Track> play(LabelStream stream, Map<String, Track> guests) {
    Map<String, Track> tracks = new LinkedHashMap<>();
    bundles.forEach((name, make) -> tracks.put(name, Track.play(stream, make.apply(stream))));
    peers.forEach(
        (name, make) ->
            tracks.put(
                name,
                guests.containsKey(name)
                    ? guests.get(name)
                    : Track.play(stream, make.apply(stream))));
    guests.forEach(tracks::putIfAbsent);
    return tracks;
  }

  @Override
  public void close() {
    opened.forEach(Bundle::close);
  }
}
