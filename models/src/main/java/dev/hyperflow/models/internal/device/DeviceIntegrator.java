package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;

/** An integrator that shares its device. Owns the integrators under it. */
final class DeviceIntegrator implements HeadIntegrator {

  private final HeadIntegrator first;
  private final Lanes<SupportSet, Integration> calls;
  private final Runnable closeModels;

  DeviceIntegrator(
      HeadIntegrator first, Lanes<SupportSet, Integration> calls, Runnable closeModels) {
    this.first = first;
    this.calls = calls;
    this.closeModels = closeModels;
  }

  @Override
  public int maxLabels() {
    return first.maxLabels();
  }

  @Override
  public int maxExamples() {
    return first.maxExamples();
  }

  @Override
  public List<Integration> integrate(List<SupportSet> tasks) {
    return calls.run(tasks);
  }

  @Override
  public void close() {
    calls.close();
    closeModels.run();
  }
}
