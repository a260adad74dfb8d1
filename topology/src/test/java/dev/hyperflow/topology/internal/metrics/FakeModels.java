package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A model that computes nothing, for tests of what is wrapped around models. */
public final class FakeModels {
  public static final int DIMENSION = 4;

  private FakeModels() {}

  /** With an encoder that gives zeros and an integrator that gives no heads. */
  public static AdaptationModel model() {
    return new AdaptationModel(
        "fake", Optional.of(new Zeros()), OptionalInt.of(DIMENSION), new NoHeads(), null);
  }

  private static final class Zeros implements Encoder {
    @Override
    public String id() {
      return "zeros";
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public float[][] encode(List<String> texts) {
      return new float[texts.size()][DIMENSION];
    }

    @Override
    public void close() {}
  }

  private static final class NoHeads implements HeadIntegrator {
    @Override
    public int maxLabels() {
      return 5;
    }

    @Override
    public int maxExamples() {
      return 50;
    }

    @Override
    public List<Integration> integrate(List<SupportSet> tasks) {
      if (tasks.size() > maxExamples()) {
        throw new IllegalArgumentException("too many");
      }
      return List.of();
    }

    @Override
    public void close() {}
  }
}
