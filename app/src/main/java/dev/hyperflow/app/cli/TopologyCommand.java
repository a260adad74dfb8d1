package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.topology.internal.HyperFlowTopology;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hyperflow topology}: what the application is made of. */
@Command(
    name = "topology",
    description = "Shows nodes, topics and stores of the application.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class TopologyCommand extends VerbGroup {
  private static final ApplicationConfig DEFAULTS =
      ApplicationConfig.of(
          Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "mock://describe"));

  @Command(
      name = "describe",
      description = "Prints nodes, topics and stores, as Kafka Streams describes them.",
      mixinStandardHelpOptions = true)
  void describe(
      @Option(
              names = "--config",
              paramLabel = "FILE",
              description = "Uses the topics of this configuration instead of the defaults.")
          Path file,
      @Option(names = "--json", description = "One JSON object.") boolean json) {
    TopologyDescription topology =
        HyperFlowTopology.describe(file == null ? DEFAULTS : ConfigurationFile.read(file));
    commandLine().getOut().println(json ? Json.text(tree(topology)) : topology.toString());
  }

  private static ObjectNode tree(TopologyDescription topology) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ArrayNode subtopologies = tree.putArray("subtopologies");
    topology.subtopologies().stream()
        .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
        .forEach(
            subtopology -> {
              ObjectNode node = subtopologies.addObject().put("id", subtopology.id());
              ArrayNode nodes = node.putArray("nodes");
              subtopology.nodes().stream()
                  .sorted(Comparator.comparing(TopologyDescription.Node::name))
                  .forEach(each -> describe(each, nodes.addObject()));
            });
    return tree;
  }

  private static void describe(TopologyDescription.Node node, ObjectNode into) {
    into.put("name", node.name());
    if (node instanceof TopologyDescription.Source source) {
      into.put("kind", "source");
      strings(into, "topics", source.topicSet());
    } else if (node instanceof TopologyDescription.Sink sink) {
      into.put("kind", "sink");
      strings(into, "topics", List.of(sink.topic()));
    } else if (node instanceof TopologyDescription.Processor processor) {
      into.put("kind", "processor");
      strings(into, "stores", processor.stores());
    }
    strings(
        into,
        "successors",
        node.successors().stream().map(TopologyDescription.Node::name).toList());
  }

  private static void strings(ObjectNode into, String field, Collection<String> values) {
    ArrayNode array = into.putArray(field);
    new TreeSet<>(values).forEach(array::add);
  }
}
