package dev.hyperflow.models.internal.bundle;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.graph.AnalyticDrift;
import dev.hyperflow.models.internal.graph.AnalyticFlow;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The bundles that come with the product. What was not trained is written by code when the product
 * is built; what was trained, which takes time, is kept as a resource.
 */
public final class ShippedBundles {

  /**
   * Where {@code minilm-analytic-v0} is: all-MiniLM-L6-v2 features, and softmax regression anchored
   * at the prototypes as an exact preconditioned flow. It was never trained.
   */
  public static final String ANALYTIC = "classpath:bundles/minilm-analytic-v0";

  /**
   * Where {@code minilm-drift-v1} is: the same flow with its knobs predicted for every task by a
   * network that was trained; the command is in its manifest.
   */
  public static final String DRIFT_V1 = "classpath:bundles/minilm-drift-v1";

  /**
   * Where {@code minilm-drift-v2} is, the default: as {@link #DRIFT_V1}, with an inner layer of the
   * encoder beside its last one, and trained on beginnings of streams as well.
   */
  public static final String DRIFT = "classpath:bundles/minilm-drift-v2";

  /** The encoder that comes with the product: all-MiniLM-L6-v2, 384 features. */
  public static final EncoderReference MINILM =
      new EncoderReference(
          "all-minilm-l6-v2",
          "classpath:all-minilm-l6-v2.onnx",
          "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
          "classpath:all-minilm-l6-v2-tokenizer.json",
          "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
          "mean",
          true,
          256,
          384);

  /**
   * The most likely temperature on held-out texts of {@link #CALIBRATION_DATA}: 60 episodes each, 5
   * to 50 ways, 1 to 30 shots. A compromise: the best one grows from 0.27 at 1 shot to 0.65 beyond
   * 10.
   */
  private static final double TEMPERATURE = 0.42;

  private static final List<String> CALIBRATION_DATA =
      List.of(
          "clinc150",
          "hwu64",
          "snips",
          "dbpedia14",
          "fewrel16",
          "goemotions27",
          "medical_abstracts5",
          "stackoverflow20");

  private ShippedBundles() {}

  /** Where all shipped bundles are: the analytic one, then the trained ones in order. */
  public static List<String> locations() {
    return List.of(ANALYTIC, DRIFT_V1, DRIFT);
  }

  /**
   * Writes all shipped bundles.
   *
   * @param args the root of the class path to write below
   */
  public static void main(String[] args) throws IOException {
    writeAnalytic(Path.of(args[0]).resolve("bundles/minilm-analytic-v0"));
  }

  static Manifest writeAnalytic(Path directory) throws IOException {
    AnalyticFlow flow = AnalyticFlow.standard();
    IntegrationPlan plan = flow.plan();
    byte[] drift = AnalyticDrift.emit(flow);
    byte[] integrate = IntegrateGraph.build(drift, plan);
    return BundleWriter.write(
        directory,
        Map.of(Manifest.DRIFT, drift, Manifest.INTEGRATE, integrate),
        hashes ->
            new Manifest(
                Manifest.FORMAT_VERSION,
                "minilm-analytic-v0",
                "Softmax regression anchored at prototypes, as an exact preconditioned flow;"
                    + " not trained.",
                FeatureDimension.any(),
                Manifest.EULER,
                plan.steps(),
                plan.horizon(),
                Buckets.standard(),
                new Manifest.InitialHead(
                    "prototype",
                    plan.initialScale(),
                    plan.initialBias().name().toLowerCase(Locale.ROOT).replace('_', '-')),
                new Manifest.Softmax(TEMPERATURE),
                MINILM,
                null,
                hashes,
                Manifest.Provenance.analytic(CALIBRATION_DATA),
                "Apache-2.0"));
  }
}
