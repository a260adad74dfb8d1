package dev.hyperflow.engine.internal.encode;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.models.internal.TextRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an encoder makes of texts that are kept; the last ones are remembered. For one thread. */
public final class TextFeatures {
  private final PayloadEncoder encoder;
  private final int most;
  private final Map<String, Optional<FeatureVector>> last;

  /**
   * Features of texts.
   *
   * @param most maximum number of texts whose features are remembered, at least 1
   */
  public TextFeatures(PayloadEncoder encoder, int most) {
    this.encoder = encoder;
    this.most = most;
    this.last =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Optional<FeatureVector>> eldest) {
            return size() > most;
          }
        };
  }

  /** The text's features; empty when the encoder fails on it, or there is no encoder. */
  public Optional<FeatureVector> of(String text, TextRole role) {
    return of(List.of(text), role).get(0);
  }

  /** The features of each example, in order. All texts that are not remembered go in one call. */
  public List<Optional<FeatureVector>> ofExamples(List<String> examples) {
    return of(examples, TextRole.EXAMPLE);
  }

  private List<Optional<FeatureVector>> of(List<String> bare, TextRole role) {
    List<String> texts = prefixed(bare, role);
    Map<String, Optional<FeatureVector>> encoded = encode(missing(texts));
    List<Optional<FeatureVector>> features = new ArrayList<>(texts.size());
    for (String text : texts) {
      Optional<FeatureVector> remembered = last.get(text);
      features.add(remembered == null ? encoded.get(text) : remembered);
    }
    last.putAll(encoded);
    last.values().removeIf(Optional::isEmpty); // a failure may pass
    return features;
  }

  private List<String> prefixed(List<String> texts, TextRole role) {
    return texts.stream().map(text -> encoder.prefixed(text, role)).toList();
  }

  /**
   * Encodes some of the texts that are not remembered, so that later calls have less to do.
   *
   * @param atMost maximum number of texts to encode
   * @return how many were encoded; {@code atMost} when some may be left
   */
  public int prepare(List<String> texts, TextRole role, int atMost) {
    if (texts.size() > most) {
      return 0; // they would drive each other out
    }
    List<String> some = missing(prefixed(texts, role)).stream().limit(atMost).toList();
    last.putAll(encode(some));
    return some.size();
  }

  private List<String> missing(List<String> texts) {
    Set<String> missing = new LinkedHashSet<>(texts);
    missing.removeIf(last::containsKey);
    return List.copyOf(missing);
  }

  private Map<String, Optional<FeatureVector>> encode(List<String> texts) {
    Map<String, Optional<FeatureVector>> features = new LinkedHashMap<>();
    int next = 0;
    for (Encoded encoded : encoder.encodeKept(texts)) {
      features.put(texts.get(next++), encoded.fold(Optional::of, refusal -> Optional.empty()));
    }
    return features;
  }
}
