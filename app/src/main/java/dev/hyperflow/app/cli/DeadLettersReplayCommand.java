package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.server.letters.EditedValue;
import dev.hyperflow.server.letters.FoundLetter;
import dev.hyperflow.server.letters.Place;
import dev.hyperflow.server.letters.Replay;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow dead-letters replay}. */
@Command(
    name = "replay",
    description = {
      "Sends the records of dead letters to their source topics again, in the old order and with"
          + " the old timestamps. Leaves out records that were sent again before, replays that were"
          + " refused again, and records of tenants that were forgotten since.",
      "With --at, it also sends a replay.",
      "Asks first. Exits with 1 if a record no longer exists."
    },
    sortOptions = false)
final class DeadLettersReplayCommand extends Verb {

  private static final int MAX_LISTED = 20;

  @Mixin private ConfigOption config;
  @Mixin private LetterOptions letters;

  @Option(
      names = "--value",
      paramLabel = "FILE",
      description = "With --at: a new value for the record, as JSON in the form of 'show --value'.")
  private Path value;

  @Option(
      names = "--key",
      paramLabel = "TENANT",
      description = "With --at: a new tenant for the record.")
  private String key;

  @Option(
      names = "--forgotten",
      description = "Also send records of tenants that were forgotten after them.")
  private boolean forgotten;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "A JSON array of outcomes; needs --yes.")
  private boolean json;

  @Override
  ExitCode run() {
    if (json && !yes) {
      throw usage("--json: expected --yes, because --json does not ask, found none");
    }
    if ((value != null || key != null) && !letters.isOne()) {
      throw usage("--value, --key: expected --at, because they edit one record, found none");
    }
    ApplicationConfig application = config.read();
    List<FoundLetter> found = find(application);
    PrintWriter out = out();
    Replay.Edit edit = edit(application, found);
    if (!found.isEmpty() && !yes && !confirmed(found, out)) {
      out.println("Nothing was sent.");
      return ExitCode.OK;
    }
    List<Replay.Result> results =
        found.isEmpty()
            ? List.of()
            : new Replay(application)
                .send(found, edit, new Replay.Also(letters.isOne(), forgotten));
    print(results, out);
    return results.stream().anyMatch(result -> result.outcome().isFailure())
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private List<FoundLetter> find(ApplicationConfig application) {
    try {
      return letters.find(application, err());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
  }

  private Replay.Edit edit(ApplicationConfig application, List<FoundLetter> found) {
    Optional.ofNullable(key)
        .flatMap(tenant -> NameRule.keyFlaw(Stage.VALIDATE, "--key", tenant))
        .ifPresent(
            flaw -> {
              throw usage(flaw.message());
            });
    if (found.isEmpty()) {
      return Replay.Edit.none();
    }
    return new Replay.Edit(
        Optional.ofNullable(key).map(tenant -> tenant.getBytes(StandardCharsets.UTF_8)),
        Optional.ofNullable(value).map(file -> read(file, application, found.get(0))));
  }

  private byte[] read(Path file, ApplicationConfig application, FoundLetter letter) {
    try {
      return new EditedValue(application).read(letter, Files.readString(file));
    } catch (IOException e) {
      throw usage("--value: expected a readable file, found " + file, e);
    } catch (IllegalArgumentException e) {
      throw usage(file + ": " + e.getMessage(), e);
    }
  }

  private boolean confirmed(List<FoundLetter> found, PrintWriter out) {
    if (!Colours.isTerminal()) {
      throw usage(
          "replay: expected a terminal to ask whether to send %,d records, found none. --yes sends"
                  .formatted(found.size())
              + " them");
    }
    found.stream().limit(MAX_LISTED).forEach(letter -> out.println(letter.line()));
    return agreed("Send %s again?".formatted(Cells.count(found.size(), "record")));
  }

  private void print(List<Replay.Result> results, PrintWriter out) {
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Replay.Result result : results) {
        ObjectNode node = array.addObject();
        node.put("letter", result.letter().place().toString());
        node.put("source", result.letter().source().toString());
        node.put("outcome", result.outcome().name());
        node.put("sentTo", result.sentTo().map(Place::toString).orElse(null));
      }
      out.println(Json.text(array));
      return;
    }
    for (Replay.Result result : results) {
      out.println(
          "%s  %s%s"
              .formatted(
                  result.letter().source(),
                  result.outcome(),
                  result.sentTo().map(place -> "  now " + place).orElse("")));
    }
    for (Replay.Outcome outcome : Replay.Outcome.values()) {
      long count = results.stream().filter(result -> result.outcome() == outcome).count();
      out.printf("%-12s %,d%n", outcome, count);
    }
  }
}
