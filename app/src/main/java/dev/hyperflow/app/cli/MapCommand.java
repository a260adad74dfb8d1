package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.SourceSample;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code hyperflow map}: what becomes of the records of a mapped topic. */
@Command(
    name = "map",
    description = "Tries the mappings of topics that exist already (docs/mapping.md).",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class MapCommand extends VerbGroup {
  private static final int RECORDS = 10;
  private static final int MAX_SHOWN = 60;
  private static final Pattern FROM = Pattern.compile("([^@]+)(?:@(-?\\d{1,18}))?");

  @Command(
      name = "try",
      description = {
        "Reads ten records of a mapped topic and says what becomes of each: the event, tenant, id,"
            + " text and label, or why it is refused, with the path.",
        "Joins no group, commits nothing and writes nothing."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false)
  void tryOut(
      @Mixin ConfigOption config,
      @Option(
              names = "--from",
              paramLabel = "TOPIC[@OFFSET]",
              required = true,
              description =
                  "A mapped topic, and the offset to begin with in every partition; below 0 it counts"
                      + " from the end. Without an offset: from the beginning.")
          String from,
      @Option(names = "--json", description = "A JSON array.") boolean json,
      @Mixin CommonOptions common) {
    common.logWhenVerbose();
    Matcher place = FROM.matcher(from);
    if (!place.matches()) {
      throw wrong("--from: expected TOPIC or TOPIC@OFFSET, found " + from);
    }
    ApplicationConfig application = config.read();
    SourceMapping source = source(application, place.group(1));
    RunningApplication.checkMappings(application);
    OptionalLong offset =
        place.group(2) == null
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(place.group(2)));
    List<SourceSample.Tried> tried = new SourceSample(application, source).read(offset, RECORDS);
    PrintWriter out = commandLine().getOut();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      tried.forEach(each -> array.add(tree(each)));
      out.println(Json.text(array));
    } else {
      tried.forEach(each -> print(each, out));
      out.printf(
          "%d records of %s: %d become events, %d are refused, %d are skipped%n",
          tried.size(),
          Printable.of(source.topic()),
          tried.stream().filter(each -> each.event().isPresent()).count(),
          tried.stream().filter(SourceSample.Tried::isRefused).count(),
          tried.stream().filter(each -> each.event().isEmpty() && !each.isRefused()).count());
    }
  }

  private SourceMapping source(ApplicationConfig config, String topic) {
    return config.sources().stream()
        .filter(source -> source.topic().equals(topic))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "--from: expected one of the mapped topics %s, found '%s'"
                        .formatted(
                            config.sources().stream().map(SourceMapping::topic).toList(), topic)));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine().getSubcommands().get("try"), message);
  }

  private static String place(SourceSample.Tried tried) {
    return "%s:%d:%d"
        .formatted(tried.record().topic(), tried.record().partition(), tried.record().offset());
  }

  private static void print(SourceSample.Tried tried, PrintWriter out) {
    tried
        .event()
        .ifPresent(
            event -> {
              EventSummary summary = EventSummary.of(event);
              out.printf(
                  "%s  %s  tenant %s%s%s%s%n",
                  place(tried),
                  summary.kind(),
                  Printable.of(event.tenant()),
                  summary.id().map(id -> "  id " + Printable.of(id)).orElse(""),
                  summary.label().map(label -> "  label " + Printable.of(label)).orElse(""),
                  summary.content().map(text -> "  " + shortened(Printable.of(text))).orElse(""));
            });
    tried
        .rejection()
        .ifPresent(
            why ->
                out.printf(
                    "%s  %s  %s  %s%n  paths there: %s%n",
                    place(tried),
                    tried.isRefused() ? "refused" : "skipped",
                    why.reason(),
                    Printable.of(why.message()),
                    Printable.of(String.join(", ", tried.paths()))));
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static ObjectNode tree(SourceSample.Tried tried) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("place", place(tried));
    tried
        .event()
        .ifPresent(
            event -> {
              EventSummary summary = EventSummary.of(event);
              node.put("outcome", "event");
              node.put("kind", summary.kind());
              node.put("tenant", event.tenant());
              node.put("timestamp", event.timestampMillis());
              summary.id().ifPresent(id -> node.put("id", id));
              summary.label().ifPresent(label -> node.put("label", label));
              summary.text().ifPresent(text -> node.put("text", text));
              summary.features().ifPresent(count -> node.put("features", count));
            });
    tried
        .rejection()
        .ifPresent(
            why -> {
              node.put("outcome", tried.isRefused() ? "refused" : "skipped");
              node.put("reason", why.reason().name());
              node.put("message", why.message());
              ArrayNode paths = node.putArray("paths");
              tried.paths().forEach(paths::add);
            });
    return node;
  }
}
