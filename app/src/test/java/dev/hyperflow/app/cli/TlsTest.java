package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.server.HttpServer;
import dev.hyperflow.server.SelfSigned;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class TlsTest {
  @TempDir static Path directory;
  private static SelfSigned mine;

  @BeforeAll
  static void makeCertificate() throws Exception {
    mine = SelfSigned.in(directory);
  }

  @Test
  void shouldEncryptWithPemFiles() throws Exception {
    assertThat(live(mine.settings())).isEqualTo(200);
  }

  @Test
  void shouldEncryptWithAKeyStore() throws Exception {
    assertThat(
            live(
                Map.of(
                    "http.tls.keystore",
                    mine.store().toString(),
                    "http.tls.keystore-password",
                    SelfSigned.PASSWORD)))
        .isEqualTo(200);
  }

  @Test
  void shouldSayWhatIsWrongWithTheFiles() {
    assertThatThrownBy(
            () ->
                live(
                    Map.of(
                        "http.tls.certificate", mine.certificate().toString(),
                        "http.tls.key", mine.certificate().toString())))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("http.tls")
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(
            () ->
                live(
                    Map.of(
                        "http.tls.keystore",
                        mine.store().toString(),
                        "http.tls.keystore-password",
                        "wrong")))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining(mine.store().toString())
        .hasMessageNotContaining("wrong");
  }

  @Test
  void shouldLetTheVerbsTrustItsAuthority() throws Exception {
    Map<String, String> settings = settings(mine.settings());
    ApplicationConfig config = ApplicationConfig.of(settings);
    try (MetricsPage metrics = new MetricsPage(config);
        HttpServer server = HttpServer.start(config, metrics).orElseThrow()) {
      String port = Integer.toString(URI.create(server.url()).getPort());
      settings.put("http.port", port);
      Path file = directory.resolve("run.properties");
      Files.write(
          file,
          settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());

      // No application has been started behind it: it is reached when it says so.
      assertThat(verb("--url", server.url(), "--trust", mine.certificate().toString()))
          .startsWith("1 hyperflow: STARTING");
      assertThat(verb("--config", file.toString())).startsWith("1 hyperflow: STARTING");
      assertThat(verb("--url", server.url())).startsWith("3 hyperflow: https").contains("--trust");
      assertThat(verb("--url", "http://127.0.0.1:" + port)).startsWith("3 hyperflow: http");
      assertThat(verb("--url", server.url(), "--trust", mine.key().toString()))
          .startsWith("2 hyperflow:");
    }
  }

  /** Its exit code and what it says. */
  private static String verb(String... options) {
    List<String> args = new ArrayList<>(List.of("tenant", "list", "--timeout", "1"));
    args.addAll(List.of(options));
    StringWriter err = new StringWriter();
    CommandLine line = CommandLineInterface.create();
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new)) + " " + err;
  }

  private static Map<String, String> settings(Map<String, String> tls) {
    Map<String, String> settings = new HashMap<>(tls);
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "http://registry");
    settings.put("http.port", "0");
    settings.put("http.tls.trust", mine.certificate().toString());
    return settings;
  }

  /** The status that a client gets which trusts the certificate. */
  private static int live(Map<String, String> tls) throws Exception {
    ApplicationConfig config = ApplicationConfig.of(settings(tls));
    try (MetricsPage metrics = new MetricsPage(config);
        HttpServer server = HttpServer.start(config, metrics).orElseThrow()) {
      HttpClient client = HttpClient.newBuilder().sslContext(mine.trusted()).build();
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + "health/live")).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
