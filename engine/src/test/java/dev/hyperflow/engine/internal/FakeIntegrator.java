package dev.hyperflow.engine.internal;

import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The shipped drift network behind a check of every support set. */
final class FakeIntegrator implements HeadIntegrator {
  private final Consumer<SupportSet> check;
  private final List<SupportSet> integrated = new ArrayList<>();

  /**
   * An integrator.
   *
   * @param check may throw what a model that fails throws
   */
  FakeIntegrator(Consumer<SupportSet> check) {
    this.check = check;
  }

  /** One that never fails. */
  static FakeIntegrator counting() {
    return new FakeIntegrator(task -> {});
  }

  /** How many support sets it has integrated. */
  int integrations() {
    return integrated.size();
  }

  @Override
  public int maxLabels() {
    return EngineFixture.integrator().maxLabels();
  }

  @Override
  public int maxExamples() {
    return EngineFixture.integrator().maxExamples();
  }

  @Override
  public List<Integration> integrate(List<SupportSet> tasks) {
    tasks.forEach(check);
    integrated.addAll(tasks);
    return EngineFixture.integrator().integrate(tasks);
  }

  @Override
  public void close() {}
}
