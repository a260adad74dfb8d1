package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run learns from and is judged by.
 *
 * @param training sets to learn from, at least one
 * @param validation sets to judge by; without any, labels of the training sets are held out
 * @param encoder the encoder that made the features; empty if they came as they are
 * @param encoderFiles the encoder's files that are not on the class path, by name
 * @param innerProjection mean and axes of the encoder's inner layer, little-endian floats; empty if
 *     features are one block
 */
record Inputs(
    List<LabelledFeatures> training,
    List<LabelledFeatures> validation,
    Optional<Manifest.EncoderReference> encoder,
    Map<String, byte[]> encoderFiles,
    Optional<byte[]> innerProjection) {

  Inputs {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /** How the blocks of features are mixed; empty if they are one block. */
  Optional<Blocks> blocks() {
    return encoder.filter(e -> e.inner() != null).map(e -> Blocks.standard(e.innerWidth()));
  }

  /** Names of the sets to learn from. */
  List<String> names() {
    return training.stream().map(LabelledFeatures::name).toList();
  }

  /** SHA-256 of labels and texts, by name, of all sets. */
  SortedMap<String, String> hashes() {
    SortedMap<String, String> hashes = new TreeMap<>();
    training.forEach(set -> hashes.put(set.name(), set.hash()));
    validation.forEach(set -> hashes.put(set.name(), set.hash()));
    return hashes;
  }

  /** Names and hashes of all sets in one line, for the identity of a run. */
  String identity() {
    List<LabelledFeatures> all = new ArrayList<>(training);
    all.addAll(validation);
    return all.stream()
        .map(set -> set.name() + ":" + set.hash().substring(0, 12))
        .collect(Collectors.joining(" "));
  }
}
