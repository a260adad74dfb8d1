package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;

/** An integrator that shares its device. Owns the integrators under it. */
final class DeviceIntegrator implements HeadIntegrator {

  private final HeadIntegrator onDevice;
  private final ModelLine<SupportSet, Integration> line;
  private final Runnable closeModels;

  DeviceIntegrator(
      HeadIntegrator onDevice, ModelLine<SupportSet, Integration> line, Runnable closeModels) {
    this.onDevice = onDevice;
    this.line = line;
    this.closeModels = closeModels;
  }

  @Override
  public int maxLabels() {
    return onDevice.maxLabels();
  }

  @Override
  public int maxExamples() {
    return onDevice.maxExamples();
  }

  @Override
  public List<Integration> integrate(List<SupportSet> tasks) {
    return line.run(tasks);
  }

  @Override
  public void close() {
    line.close();
    closeModels.run();
  }
}
