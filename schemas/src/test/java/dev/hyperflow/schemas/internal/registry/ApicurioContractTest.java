package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The contract against a real Apicurio server: {@code ./mvnw -pl schemas -Papicurio verify}, which
 * unpacks the server into {@code target/apicurio}.
 */
@Tag("apicurio")
class ApicurioContractTest extends RegistryContract {
  private static final Path HOME = Path.of("target/apicurio");
  private static final long START_LIMIT_SECONDS = 120;

  private static Process server;
  private static String url;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    String version = System.getProperty("apicurio.version");
    Path jar = HOME.resolve("apicurio-registry-app-%s-runner.jar".formatted(version));
    assumeTrue(
        Files.exists(jar),
        "SKIPPED: no Apicurio server at " + jar + "; run ./mvnw -pl schemas -Papicurio verify");
    int port = freePort();
    url = "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
    Path log = Path.of("target", "apicurio.log");
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                jar.getFileName().toString())
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitReady(log);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    }
  }

  @Override
  protected String url() {
    return url;
  }

  private static void awaitReady(Path log) throws InterruptedException {
    RegistryClient client =
        RegistryAdmin.create(Map.of("schema.registry.url", url, "max.retries", "0"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    RegistryException last = null;
    while (System.nanoTime() < deadline) {
      try {
        client.ping();
        return;
      } catch (RegistryException e) {
        last = e;
        // Returns early, and says so, when the server dies while it starts.
        assertThat(server.waitFor(200, TimeUnit.MILLISECONDS)).as("died, see %s", log).isFalse();
      }
    }
    throw new AssertionError("Apicurio did not answer in time, see " + log, last);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
