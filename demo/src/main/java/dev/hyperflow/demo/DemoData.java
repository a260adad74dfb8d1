package dev.hyperflow.demo;

import dev.hyperflow.demo.scenario.DataSet;
import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.Finding;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages a demo plays: the shipped ones, or a user's file. */
final class DemoData {

  private static final List<String> SHIPPED =
      List.of("bank.tsv", "furniture.tsv", "software.tsv", "newcomer.tsv");

  private DemoData() {}

  /**
   * Messages and what looks wrong with them.
   *
   * @param findings none for the shipped ones
   */
  record Loaded(DataSet messages, List<Finding> findings) {}

  static Loaded load(Optional<Path> file, FileForm form) {
    DataLimits limits = limits();
    if (file.isEmpty()) {
      return new Loaded(DataSet.of(shipped(limits)), List.of());
    }
    LabelledFile.Content content = LabelledFile.read(file.get(), form, limits);
    return new Loaded(DataSet.of(content.utterances()), content.findings());
  }

  /** Those of the application that the demo starts, which keeps the defaults. */
  private static DataLimits limits() {
    EngineSettings engine =
        ApplicationConfig.of(
                Map.of("bootstrap.servers", "none:1", "schema.registry.url", "http://none"))
            .engine();
    return DataLimits.of(
        engine.limits().idLength(),
        engine.limits().labelLength(),
        engine.limits().textLength(),
        engine.memory().labelsPerTenant());
  }

  private static List<Utterance> shipped(DataLimits limits) {
    List<Utterance> all = new ArrayList<>();
    for (String name : SHIPPED) {
      try (InputStream in = DemoData.class.getResourceAsStream("/messages/" + name)) {
        all.addAll(LabelledFile.read(in, name, FileForm.UNKNOWN, limits).utterances());
      } catch (IOException e) {
        throw new UncheckedIOException(
            "expected to read " + name + " in the jar, found: " + e.getMessage(), e);
      }
    }
    return all;
  }
}
