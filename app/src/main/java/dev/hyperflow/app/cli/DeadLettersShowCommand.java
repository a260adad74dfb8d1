package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.letters.EditedValue;
import dev.hyperflow.server.letters.FoundLetter;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow dead-letters show}. */
@Command(
    name = "show",
    description = "Lists dead letters, the oldest first: place, time, stage, reason, source.",
    sortOptions = false)
final class DeadLettersShowCommand extends Verb {

  @Mixin private ConfigOption config;
  @Mixin private LetterOptions letters;

  @Option(names = "--value", description = "Adds the record's value as JSON, if it can be decoded.")
  private boolean withValue;

  @Option(names = "--json", description = "A JSON array.")
  private boolean json;

  @Override
  ExitCode run() {
    ApplicationConfig application = config.read();
    List<FoundLetter> found = find(application);
    PrintWriter out = out();
    EditedValue values = new EditedValue(application);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (FoundLetter letter : found) {
      Optional<String> value = withValue ? values.show(letter) : Optional.empty();
      if (json) {
        ObjectNode node = letter.json();
        value.ifPresent(text -> node.set("record", Json.parse(text)));
        array.add(node);
      } else {
        out.println(letter.line());
        // Escaped, it is still the JSON that a replay takes.
        value.ifPresent(text -> text.lines().map(Printable::of).forEach(out::println));
      }
    }
    if (json) {
      out.println(Json.text(array));
    } else {
      out.println(Cells.count(found.size(), "dead letter"));
    }
    return ExitCode.OK;
  }

  private List<FoundLetter> find(ApplicationConfig application) {
    try {
      return letters.find(application, err());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
  }
}
