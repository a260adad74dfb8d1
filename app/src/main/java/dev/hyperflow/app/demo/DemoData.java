package dev.hyperflow.app.demo;

import dev.hyperflow.app.scenario.DataSet;
import dev.hyperflow.app.scenario.TsvReader;
import dev.hyperflow.app.scenario.Utterance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages a demo plays: the shipped ones, or a user's file. */
final class DemoData {

  private static final List<String> SHIPPED =
      List.of("bank.tsv", "furniture.tsv", "software.tsv", "newcomer.tsv");

  private DemoData() {}

  static DataSet load(Optional<Path> file) {
    return DataSet.of(file.map(TsvReader::read).orElseGet(DemoData::shipped));
  }

  private static List<Utterance> shipped() {
    List<Utterance> all = new ArrayList<>();
    for (String name : SHIPPED) {
      try (InputStream in = DemoData.class.getResourceAsStream("/demo/" + name)) {
        all.addAll(TsvReader.read(in, name));
      } catch (IOException e) {
        throw new UncheckedIOException("the jar's own " + name + " cannot be read", e);
      }
    }
    return all;
  }
}
