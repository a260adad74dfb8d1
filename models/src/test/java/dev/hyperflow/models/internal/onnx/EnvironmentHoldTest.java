package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvironmentHoldTest {

  private static final String ANSWERED = "all heads while the process stopped";

  @Test
  void shouldRunModelsWhileTheProcessStops() throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=/dev/null",
                Stopping.class.getName())
            .redirectErrorStream(true);
    // Not -cp: ONNX Runtime does not survive a long command line, see CommandLineGuard.
    java.environment().put("CLASSPATH", System.getProperty("java.class.path"));

    Process process = java.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(told).isZero();
    assertThat(told).contains(ANSWERED);
  }

  /**
   * Integrates larger and larger tasks in a shutdown hook, beside that of ONNX Runtime, as a stream
   * thread does that another hook waits for.
   */
  static final class Stopping {

    private Stopping() {}

    public static void main(String[] args) {
      BundleOptions options = BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false);
      Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, options);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> integrate(bundle)));
      System.exit(0);
    }

    private static void integrate(Bundle bundle) {
      for (int examples = 32; examples <= 1_600; examples += 32) {
        bundle
            .integrator()
            .integrate(List.of(Fixtures.supportSet(new Random(examples), 384, 8, examples)));
      }
      System.out.println(ANSWERED);
    }
  }
}
