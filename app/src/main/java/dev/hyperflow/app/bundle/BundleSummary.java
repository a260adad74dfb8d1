package dev.hyperflow.app.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.models.internal.InnerLayer;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Quantisation;
import dev.hyperflow.models.internal.SizeEffect;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * A bundle at a glance.
 *
 * @param location where it is
 * @param id its id
 * @param manifest what it says of itself
 * @param sizes bytes of each file
 */
public record BundleSummary(
    String location, String id, Manifest manifest, SortedMap<String, Integer> sizes) {

  /**
   * Reads a bundle's manifest and verifies its files.
   *
   * @throws dev.hyperflow.models.BundleException if it cannot be used
   */
  public static BundleSummary read(String location) {
    BundleFiles files = BundleFiles.read(location);
    return new BundleSummary(location, files.id(), files.manifest(), files.sizes());
  }

  /** Id, location and description, for a list. */
  public String line() {
    return "%s  %s  %s".formatted(id, location, manifest.description());
  }

  /** All that people ask for, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("id", id));
    lines.add(row("location", location));
    lines.add(row("description", manifest.description()));
    lines.add(row("licence", manifest.licence()));
    lines.add(row("features", manifest.featureDimension()));
    lines.addAll(
        manifest
            .encoderReference()
            .map(BundleSummary::lines)
            .orElse(List.of(row("encoder", "none"))));
    lines.add(
        row(
            "steps",
            "%d of %s to flow time %s, %d drift evaluations"
                .formatted(
                    manifest.steps(),
                    manifest.integrator(),
                    manifest.horizon(),
                    manifest.driftEvaluations())));
    Manifest.InitialHead initial = manifest.initialHead();
    lines.add(
        row(
            "start",
            "%s × %s, bias %s".formatted(initial.scale(), initial.kind(), initial.bias())));
    lines.add(row("temperature", manifest.calibration().temperature()));
    SizeEffect size = manifest.calibration().size();
    if (size != null) {
      lines.add(
          row(
              "temperature by size",
              "times exp(%s ÷ K + %s · ln N ÷ √K), K examples of each of N labels"
                  .formatted(size.scarcity(), size.labels())));
    }
    Manifest.Scope scope = manifest.calibration().scope();
    if (scope != null) {
      lines.add(
          row(
              "scope",
              "1 ÷ (1 + exp(−(%s · energy + %s))), energy at temperature %s"
                  .formatted(scope.scale(), scope.offset(), scope.temperature())));
    }
    lines.add(
        row(
            "limits",
            "%d labels, %d examples"
                .formatted(manifest.buckets().maxLabels(), manifest.buckets().maxExamples())));
    lines.add(row("objective", manifest.provenance().objective()));
    lines.add(row("data", String.join(", ", manifest.provenance().data())));
    manifest.provenance().evaluation().forEach((name, value) -> lines.add(row(name, value)));
    sizes.forEach(
        (file, bytes) ->
            lines.add(
                row(
                    file,
                    String.format(Locale.ROOT, "%,d bytes, SHA-256 ", bytes)
                        + manifest.files().get(file))));
    return lines;
  }

  private static List<String> lines(Manifest.EncoderReference encoder) {
    List<String> lines = new ArrayList<>();
    lines.add(row("encoder", encoder.id()));
    lines.add(row("  model", "%s, output %s".formatted(encoder.model(), encoder.outputName())));
    lines.add(row("  dimension", encoder.dimension()));
    lines.add(
        row(
            "  tokenizer",
            "%s, at most %d tokens of a text".formatted(encoder.tokenizer(), encoder.maxTokens())));
    lines.add(
        row("  pooling", encoder.pooling() + (encoder.normalise() ? ", scaled to length 1" : "")));
    lines.add(
        row(
            "  prefixes",
            "query '%s', example '%s'"
                .formatted(encoder.textPrefixes().query(), encoder.textPrefixes().example())));
    InnerLayer inner = encoder.inner();
    if (inner != null) {
      lines.add(
          row(
              "  inner layer",
              "%s, %d of its %d columns"
                  .formatted(inner.value(), inner.dimension(), inner.width())));
    }
    Quantisation made = encoder.quantisation();
    if (made != null) {
      lines.add(
          row(
              "  quantised",
              made.corpus() == null
                  ? "%s weights and inputs of products".formatted(made.weights())
                  : "%s weights, %s steps of activations found with %s"
                      .formatted(made.weights(), made.activations(), made.corpus())));
    }
    return lines;
  }

  private static String row(String name, Object value) {
    return "%-14s %s".formatted(name, value);
  }

  /** The same for programs, with the whole manifest. */
  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("location", location);
    node.put("id", id);
    node.put("driftEvaluations", manifest.driftEvaluations());
    node.set("bytes", Json.tree(sizes));
    node.set("manifest", Json.tree(manifest));
    return node;
  }
}
