package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.models.internal.graph.AnalyticDrift;
import dev.hyperflow.models.internal.graph.AnalyticFlow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BundleCommandTest {

  private static final int CHECKS = 16;

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldMakeABundleThatItThenVerifies() throws IOException {
    // Given
    Path bundle = directory.resolve("mine");

    // When
    assertThat(create(bundle, "--dimension", "24")).isEqualTo(ExitCode.OK.code());
    assertThat(execute("bundle", "verify", bundle.toString()))
        .as("%s", out)
        .isEqualTo(ExitCode.OK.code());

    // Then
    assertThat(out.toString().lines())
        .contains("hyperflow bundle verify " + bundle)
        .filteredOn(line -> line.matches("(OK|NOTE) .*: expected .*; found .*"))
        .hasSize(CHECKS);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldFailABundleWithAChangedFile() throws IOException {
    // Given
    Path bundle = directory.resolve("mine");
    create(bundle);
    Files.writeString(bundle.resolve("drift.onnx"), "something else");
    out.getBuffer().setLength(0);

    // When
    int code = execute("bundle", "verify", "--json", bundle.toString());

    // Then
    assertThat(code).isEqualTo(ExitCode.FAILED.code());
    JsonNode report = JsonMapper.builder().build().readTree(out.toString());
    assertThat(report.get("ok").booleanValue()).isFalse();
    assertThat(report.get("checks")).hasSize(CHECKS);
    JsonNode first = report.get("checks").get(0);
    assertThat(first.get("check").textValue()).isEqualTo("files");
    assertThat(first.get("status").textValue()).isEqualTo("FAILED");
    assertThat(first.get("expected").textValue()).contains("hashes");
    assertThat(first.get("found").textValue()).contains("expected SHA-256");
  }

  @Test
  void shouldShowABundleAndListAll() throws IOException {
    // Given
    Path bundle = directory.resolve("mine");
    create(bundle);

    // When
    assertThat(execute("bundle", "inspect", bundle.toString())).isEqualTo(ExitCode.OK.code());
    assertThat(execute("bundle", "list", directory.toString())).isEqualTo(ExitCode.OK.code());

    // Then
    assertThat(out.toString())
        .contains("8 of euler to flow time 8.0, 9 drift evaluations")
        .contains("limits         40 labels, 96 examples")
        .contains("encoder        none")
        .contains("minilm-analytic-v0@", "classpath:bundles/minilm-analytic-v0")
        .contains("shop@", "  " + bundle);
  }

  @Test
  void shouldInspectWhatTheListPrints() {
    execute("bundle", "list");
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSizeGreaterThan(1);

    for (String line : lines) {
      String id = line.substring(0, line.indexOf(' '));
      for (String given : List.of(id, id.substring(0, id.indexOf('@')))) {
        out.getBuffer().setLength(0);
        assertThat(execute("bundle", "inspect", given)).as(err.toString()).isZero();
        assertThat(out.toString()).contains(id);
      }
    }
    assertThat(out.toString()).contains("  inner layer  ", "of its 384 columns");
    assertThat(execute("bundle", "inspect", "minilm-drift-v2@000000000000"))
        .isEqualTo(ExitCode.STARTUP.code());
  }

  @Test
  void shouldRefuseAFileInThePlaceOfAFolderBeforeItBegins() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(create(file, "--force")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .startsWith("hyperflow: --out: expected a folder, found the file " + file);
  }

  @Test
  void shouldNotReplaceABundleUnlessItIsForced() throws IOException {
    Path bundle = directory.resolve("mine");
    create(bundle);
    byte[] before = Files.readAllBytes(bundle.resolve("manifest.json"));

    assertThat(create(bundle, "--temperature", "2")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--out: expected a folder without a bundle", "--force");
    assertThat(Files.readAllBytes(bundle.resolve("manifest.json"))).isEqualTo(before);

    assertThat(create(bundle, "--temperature", "2", "--force")).isZero();
    assertThat(Files.readAllBytes(bundle.resolve("manifest.json"))).isNotEqualTo(before);
  }

  @Test
  void shouldSayThatAFileIsNoZip() throws IOException {
    Path file = Files.writeString(directory.resolve("bundle.tar"), "no zip");

    assertThat(execute("bundle", "inspect", file.toString())).isEqualTo(ExitCode.STARTUP.code());

    assertThat(err.toString())
        .contains("expected a folder or a .zip file, found a file of another name")
        .doesNotContain("found none");
  }

  @Test
  void shouldShowTheSameAsJson() throws IOException {
    create(directory.resolve("mine"));
    out.getBuffer().setLength(0);
    execute("bundle", "list", "--json", directory.toString());

    JsonNode list = JsonMapper.builder().build().readTree(out.toString());
    assertThat(list.findValuesAsText("location"))
        .startsWith(
            "classpath:bundles/minilm-analytic-v0",
            "classpath:bundles/minilm-drift-v1",
            "classpath:bundles/minilm-drift-v2");
    JsonNode made = list.get(list.size() - 1);
    assertThat(made.get("id").textValue()).startsWith("shop@");
    assertThat(made.get("driftEvaluations").intValue()).isEqualTo(9);
    assertThat(made.get("manifest").get("integrator").textValue()).isEqualTo("euler");
  }

  @Test
  void shouldRefuseInOneLine() throws IOException {
    assertThat(execute("bundle")).isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("bundle", "inspect", directory.toString()))
        .isEqualTo(ExitCode.STARTUP.code());
    assertThat(create(directory.resolve("mine"), "--bias", "one")).isEqualTo(ExitCode.USAGE.code());
    assertThat(create(directory.resolve("mine"), "--dimension", "many"))
        .isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString())
        .contains("hyperflow: bundle: expected a verb (verify, inspect, list, create), found none")
        .contains("manifest.json, found none")
        .contains("--bias: expected nearest-mean or zero, found one")
        .contains("--dimension: expected a number or 'any', found many");
    assertThat(directory.resolve("mine")).doesNotExist();
  }

  private int create(Path bundle, String... more) throws IOException {
    Path drift = directory.resolve("given.onnx");
    Files.write(drift, AnalyticDrift.emit(AnalyticFlow.standard()));
    List<String> arguments =
        new ArrayList<>(
            List.of("bundle", "create", "--drift", drift.toString(), "--out", bundle.toString()));
    arguments.addAll(List.of("--horizon", "8", "--scale", "0.5", "--name", "shop"));
    arguments.addAll(List.of("--max-labels", "40", "--max-examples", "96"));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... args) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
