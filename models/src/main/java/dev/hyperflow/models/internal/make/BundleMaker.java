package dev.hyperflow.models.internal.make;

import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes a complete bundle from a drift network that was trained elsewhere. */
public final class BundleMaker {

  private BundleMaker() {}

  /**
   * Writes {@code drift.onnx}, {@code integrate.onnx} and {@code manifest.json}.
   *
   * @param driftOnnx the content of a {@code drift.onnx}
   * @param directory created if missing; files of the same names are replaced
   * @return the manifest
   * @throws IllegalArgumentException if the network breaks its contract or a value of the plan is
   *     not allowed; the message is one line, and nothing is written then
   */
  public static Manifest make(byte[] driftOnnx, BundlePlan plan, Path directory)
      throws IOException {
    byte[] integrate = IntegrateGraph.build(driftOnnx, plan.integration());
    Manifest.Provenance unknown =
        new Manifest.Provenance(List.of(), 0, "made elsewhere", 0, 0, new TreeMap<>(), null);
    return BundleWriter.write(
        directory,
        Map.of(Manifest.DRIFT, driftOnnx, Manifest.INTEGRATE, integrate),
        hashes -> {
          IntegrationPlan integration = plan.integration();
          return new Manifest(
              Manifest.FORMAT_VERSION,
              plan.label().name(),
              plan.label().description(),
              plan.featureDimension(),
              Manifest.EULER,
              integration.steps(),
              decimal(integration.horizon()),
              plan.buckets(),
              new Manifest.InitialHead(
                  "prototype",
                  decimal(integration.initialScale()),
                  integration.initialBias().name().toLowerCase(Locale.ROOT).replace('_', '-')),
              new Manifest.Softmax(plan.temperature()),
              plan.encoder().orElse(null),
              integration.blocks().orElse(null),
              hashes,
              unknown,
              plan.label().licence());
        });
  }

  /** 0.1f as 0.1, not as 0.10000000149. */
  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
