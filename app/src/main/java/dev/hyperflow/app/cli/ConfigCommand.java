package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow config}: what can be set, and what is. */
@Command(name = "config", description = "Explains the settings and checks a file of them.")
final class ConfigCommand extends VerbGroup {

  @Command(
      name = "docs",
      description = "Prints all settings with default, range and meaning, as Markdown.",
      mixinStandardHelpOptions = true)
  void docs(
      @Option(names = "--json", description = "A JSON array in place of Markdown.") boolean json) {
    commandLine().getOut().println(json ? Json.text(settings()) : ApplicationConfig.table());
  }

  @Command(
      name = "check",
      description = {
        "Checks a configuration, its bundle and its certificates as 'run' does, and lists the settings"
            + " without secrets.",
        "Connects to nothing, unless topics are mapped: then it asks the registry for the schemas of"
            + " those in Avro and, if the brokers answer, tries the newest records of all.",
        "If a setting is wrong, names it and exits with 2; if a file cannot be used, with 3."
      },
      mixinStandardHelpOptions = true)
  void check(
      @Mixin ConfigFile chosen,
      @Option(names = "--json", description = "One JSON object.") boolean json) {
    ApplicationConfig config = chosen.read();
    RunningApplication.checkRecords(config)
        .ifPresent(
            why ->
                commandLine()
                    .getErr()
                    .println("The records of mapped topics were not tried: " + why));
    Path file = chosen.file();
    PrintWriter out = commandLine().getOut();
    Map<String, String> given = config.given();
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("file", file.toString());
      node.put("ok", true);
      ObjectNode settings = node.putObject("settings");
      given.forEach(settings::put);
      out.println(Json.text(node));
    } else {
      given.forEach((name, value) -> out.println(name + "=" + value));
      out.printf("%s can be used: %d settings, the rest are defaults%n", file, given.size());
    }
  }

  private static ArrayNode settings() {
    ArrayNode settings = JsonNodeFactory.instance.arrayNode();
    ApplicationConfig.definition().configKeys().values().forEach(key -> add("", key, settings));
    ApplicationConfig.sourceDefinition()
        .configKeys()
        .values()
        .forEach(key -> add(ApplicationConfig.SOURCE_PREFIX, key, settings));
    return settings;
  }

  private static void add(String prefix, ConfigKey key, ArrayNode settings) {
    ObjectNode node = settings.addObject();
    node.put("name", prefix + key.name);
    node.put("type", key.type.name());
    node.put("required", !key.hasDefault());
    node.put("default", key.hasDefault() ? String.valueOf(key.defaultValue) : null);
    node.put("range", key.validator == null ? null : key.validator.toString());
    node.put("documentation", key.documentation);
  }
}
