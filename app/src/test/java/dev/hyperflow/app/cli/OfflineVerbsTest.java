package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Verbs that need no broker. */
class OfflineVerbsTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldDescribeTheTopologyOfAConfiguration() throws Exception {
    Path file = config("topics.support=labels\ntopics.heads=my-heads");

    JsonNode topology = json("topology", "describe", "--config", file.toString(), "--json");

    assertThat(topology.get("subtopologies")).hasSize(1);
    assertThat(topology.toString())
        .contains("\"kind\":\"source\",\"topics\":[\"labels\"]")
        .contains("\"kind\":\"sink\",\"topics\":[\"my-heads\"]")
        .contains("support-memory");
    assertThat(execute("topology", "describe")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString())
        .contains("Sub-topology: 0", "Processor: engine", "Sink: predictions");
  }

  @Test
  void shouldCheckAConfigurationAndKeepItsSecrets() throws Exception {
    Path file =
        config(
            """
            schema.registry.url=http://me:hidden1@registry:8081
            basic.auth.user.info=me:hidden2
            kafka.sasl.jaas.config=org.apache.kafka.Login required password="hidden3";
            kafka.ssl.keystore.password=${env:PATH}
            stream.threads=3""");

    JsonNode checked = json("config", "check", file.toString(), "--json");

    assertThat(checked.get("ok").asBoolean()).isTrue();
    assertThat(checked.get("settings").get("stream.threads").asText()).isEqualTo("3");
    assertThat(checked.get("settings").get("kafka.ssl.keystore.password").asText())
        .isEqualTo("${env:PATH}");
    assertThat(checked.get("settings").get("schema.registry.url").asText())
        .isEqualTo("http://********@registry:8081");
    assertThat(out.toString()).doesNotContain("hidden");
  }

  @Test
  void shouldRefuseAConfigurationAndNameTheSetting() throws Exception {
    Path file = config("stream.threads=many");

    assertThat(execute("config", "check", file.toString())).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).contains(file.toString(), "stream.threads", "many");
  }

  /** What a start refuses before it connects to anything, and a word of the message. */
  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        Arguments.of("stream.threads=many", "stream.threads"),
        Arguments.of("application.id=my app", "application.id: expected a name"),
        Arguments.of("topics.support=a/b", "topics.*: expected a name"),
        Arguments.of("topics.replication-factor=0", "topics.replication-factor"),
        Arguments.of("query.integrations-per-second=Infinity", "expected a finite number"),
        Arguments.of("query.integrations-per-second=NaN", "expected a finite number"),
        Arguments.of("tracing.endpoint=foo", "tracing.endpoint"),
        Arguments.of("tracing.endpoint=ftp://collector/v1", "tracing.endpoint"),
        Arguments.of("kafka.sasl.password=${vault:a}", "kafka.sasl.password"),
        Arguments.of("kafka.num.standby.replicas=few", "num.standby.replicas"),
        Arguments.of("kafka.consumer.session.timeout.ms=soon", "session.timeout.ms"),
        Arguments.of("kafka.producer.acks=some", "acks"),
        Arguments.of("kafka.security.protocol=TLS", "security.protocol"),
        Arguments.of("bootstrap.servers=broker", "expected host:port"),
        Arguments.of("bearer.auth.credentials.source=OAUTHBEARER", "bearer.auth"),
        Arguments.of("http.port=0\nhttp.host=0.0.0.0", "http.host"),
        Arguments.of("http.port=0\nhttp.tls.certificate=none.pem", "http.tls.certificate"),
        Arguments.of("http.tls.certificate=none.pem", "http.tls.certificate"),
        Arguments.of(
            "http.port=0\nhttp.tls.certificate=none.pem\nhttp.tls.key=none.pem", "http.tls"),
        Arguments.of("http.port=0\nhttp.tokens=no-such-file", "http.tokens"),
        Arguments.of("heads.cache-mb=900000", "heads.cache-mb: expected at most"),
        Arguments.of("bundle=no-such-bundle", "no-such-bundle"));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void shouldRefuseInACheckWhatARunRefuses(String lines, String expected) throws Exception {
    Path file = config(lines);

    int checked = execute("config", "check", file.toString());
    String message = err.toString();
    err.getBuffer().setLength(0);
    int run = execute("run", "--config", file.toString());

    assertThat(checked).as(out.toString()).isIn(ExitCode.USAGE.code(), ExitCode.STARTUP.code());
    assertThat(message).contains(expected).hasLineCount(1);
    assertThat(run).isEqualTo(checked);
    assertThat(err.toString()).isEqualTo(message);
    assertThat(out.toString()).doesNotContain("can be used");
  }

  @Test
  void shouldGiveTheSettingsAsJson() {
    JsonNode settings = json("config", "docs", "--json");

    assertThat(settings)
        .anySatisfy(
            setting -> {
              assertThat(setting.get("name").asText()).isEqualTo("metrics.tenants");
              assertThat(setting.get("default").asText()).isEqualTo("20");
            });
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldCompleteVerbsInAShell() throws Exception {
    assertThat(execute("completion", "zsh")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).contains("bashcompinit", "dead-letters");
    out.getBuffer().setLength(0);
    assertThat(execute("completion", "bash")).isEqualTo(ExitCode.OK.code());
    Path script = Files.writeString(directory.resolve("completion"), out.toString());

    assertThat(completions(script, "dead-letters", "re")).isEqualTo("replay");
    assertThat(completions(script, "tenant", "fo")).isEqualTo("forget");
    assertThat(completions(script, "top")).isEqualTo("topology");
  }

  /** What bash offers after these words. */
  private String completions(Path script, String... words) throws Exception {
    String line = "hyperflow " + String.join(" ", words);
    String program =
        """
        . "$0"
        COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
        _complete_hyperflow
        echo "${COMPREPLY[@]}"
        """
            .formatted(line, words.length, line);
    Process bash =
        new ProcessBuilder("bash", "-c", program, script.toString())
            .redirectErrorStream(true)
            .start();
    String answer = read(bash);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return answer.strip();
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path config(String more) throws IOException {
    return Files.writeString(
        directory.resolve("app.properties"),
        (more.contains("bootstrap.servers") ? "" : "bootstrap.servers=broker:9092\n")
            + (more.contains("schema.registry.url")
                ? ""
                : "schema.registry.url=http://registry:8081\n")
            + more);
  }

  private JsonNode json(String... args) {
    out.getBuffer().setLength(0);
    assertThat(execute(args)).as(err.toString()).isEqualTo(ExitCode.OK.code());
    return Json.parse(out.toString());
  }

  private int execute(String... args) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
