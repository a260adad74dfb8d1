package dev.hyperflow.topology.internal.config;

import dev.hyperflow.topology.internal.mapping.DataFormat;
import dev.hyperflow.topology.internal.mapping.EpochUnit;
import dev.hyperflow.topology.internal.mapping.FieldPath;
import dev.hyperflow.topology.internal.mapping.FieldRule;
import dev.hyperflow.topology.internal.mapping.Missing;
import dev.hyperflow.topology.internal.mapping.NullValue;
import dev.hyperflow.topology.internal.mapping.Operation;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.mapping.SourceMapping.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Reads the mappings of topics: the settings that begin with {@code source.}. */
final class Sources {
  private static final Pattern NAME = Pattern.compile("source\\.([a-z0-9][a-z0-9-]{0,39})\\.(.+)");

  /** These would give nodes the names of other nodes. */
  private static final Set<String> TAKEN = Set.of("support", "queries");

  private static final String SUBJECT_SUFFIX = "-value";

  private final String prefix;
  private final AbstractConfig own;
  private final boolean feedbackIsTaken;

  private Sources(String name, Map<String, Object> settings, boolean feedbackIsTaken) {
    this.prefix = SourceDefinition.PREFIX + name + ".";
    this.feedbackIsTaken = feedbackIsTaken;
    try {
      this.own = new AbstractConfig(SourceDefinition.all(), settings, false);
    } catch (ConfigException e) {
      throw new ConfigException(
          e.getMessage()
              .replaceFirst("configuration \"([^\"]+)\"", "configuration \"" + prefix + "$1\"")
              .replaceFirst(
                  "for configuration (\\S+?)(:|$)", "for configuration " + prefix + "$1$2"));
    }
  }

  /** Whether a name is that of a setting of a mapping. */
  static boolean isSetting(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() && SourceDefinition.all().names().contains(matcher.group(2));
  }

  /**
   * Reads all mappings, by name.
   *
   * @param topics the application's own topics, which no mapping may name
   * @param feedbackIsTaken whether queries are remembered for their labels
   * @throws ConfigException with one line that names the setting
   */
  static List<SourceMapping> read(ParsedSettings parsed, Topics topics, boolean feedbackIsTaken) {
    Map<String, Map<String, Object>> byName = new TreeMap<>();
    parsed
        .originals()
        .forEach(
            (name, value) -> {
              Matcher matcher = NAME.matcher(name);
              if (matcher.matches()) {
                byName
                    .computeIfAbsent(matcher.group(1), any -> new HashMap<>())
                    .put(matcher.group(2), value);
              }
            });
    List<SourceMapping> sources = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    topics.all().forEach(topic -> seen.put(topic, "topics.*"));
    byName.forEach(
        (name, settings) -> {
          SourceMapping source = new Sources(name, settings, feedbackIsTaken).read(name);
          String before = seen.put(source.topic(), SourceDefinition.PREFIX + name + ".topic");
          if (before != null) {
            throw new ConfigException(
                "source.%s.topic: expected a topic of its own, found '%s', which %s names, too"
                    .formatted(name, source.topic(), before));
          }
          sources.add(source);
        });
    return List.copyOf(sources);
  }

  private SourceMapping read(String name) {
    if (TAKEN.contains(name)) {
      throw wrong("topic", "expected another name of the source than " + TAKEN + ", found " + name);
    }
    String topic = own.getString(SourceDefinition.TOPIC);
    if (!KafkaNames.isValid(topic, KafkaNames.MAX_LENGTH)) {
      throw wrong(
          SourceDefinition.TOPIC,
          "expected %s, found '%s'".formatted(KafkaNames.expected(KafkaNames.MAX_LENGTH), topic));
    }
    Map<Field, FieldRule> rules = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      rules.put(field, rule(field));
    }
    String subject = own.getString(SourceDefinition.SUBJECT);
    SourceMapping mapping =
        new SourceMapping(
            name,
            topic,
            constant(DataFormat.class, SourceDefinition.FORMAT),
            constant(DataFormat.class, SourceDefinition.KEY_FORMAT),
            subject.isBlank() ? topic + SUBJECT_SUFFIX : subject,
            rules,
            separator(),
            operations(),
            Map.of(
                Field.TIME, constant(EpochUnit.class, "time" + SourceDefinition.UNIT),
                Field.EXPIRY, constant(EpochUnit.class, "expiry" + SourceDefinition.UNIT)),
            constant(NullValue.class, SourceDefinition.NULL_VALUE),
            givesFeedback(rules),
            own.getString(SourceDefinition.REPARTITION).equals("always"));
    requirePayload(mapping);
    requireOneTenant(mapping.rule(Field.TENANT));
    requireShapes(mapping);
    requireNullsCanBeRead(mapping);
    return mapping;
  }

  /** A label is told to the query of the same id, where there may have been one. */
  private boolean givesFeedback(Map<Field, FieldRule> rules) {
    FieldRule label = rules.get(Field.LABEL);
    FieldRule id = rules.get(Field.ID);
    return feedbackIsTaken
        && label.missing() == Missing.IGNORE
        && label.fallback().isEmpty()
        && (id.isMapped() || id.missing() == Missing.CONTENT);
  }

  private FieldRule rule(Field field) {
    String name = field.spelling();
    String written = own.getString(name);
    List<FieldPath> paths = written.isBlank() ? List.of() : paths(name, written);
    if (field != Field.TEXT && paths.size() > 1) {
      throw wrong(name, "expected one path, found " + paths);
    }
    if (field != Field.TEXT && paths.stream().anyMatch(FieldPath::isMany)) {
      throw wrong(name, "expected a path to one value, found '%s'".formatted(written));
    }
    Missing missing = missing(field, !paths.isEmpty());
    Optional<String> fallback = fallback(name);
    if (fallback.isPresent() && own.originals().containsKey(name + SourceDefinition.MISSING)) {
      throw wrong(
          name + SourceDefinition.DEFAULT,
          "expected none beside %s%s%s, found '%s'"
              .formatted(prefix, name, SourceDefinition.MISSING, fallback.get()));
    }
    return new FieldRule(paths, missing, fallback);
  }

  private List<FieldPath> paths(String name, String written) {
    try {
      return FieldPath.parseAll(written);
    } catch (IllegalArgumentException e) {
      throw wrong(name, e.getMessage());
    }
  }

  private Missing missing(Field field, boolean mapped) {
    if (field == Field.ID && !mapped && !isGiven("id" + SourceDefinition.MISSING)) {
      return Missing.OFFSET;
    }
    return constant(Missing.class, field.spelling() + SourceDefinition.MISSING);
  }

  private boolean isGiven(String name) {
    return own.originals().containsKey(name);
  }

  private Optional<String> fallback(String name) {
    String setting = name + SourceDefinition.DEFAULT;
    return SourceDefinition.all().names().contains(setting)
        ? Optional.of(own.getString(setting)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /** Spaces belong to it, and Kafka's parser would take them off. */
  private String separator() {
    Object given = own.originals().get(SourceDefinition.SEPARATOR);
    return (given == null ? own.getString(SourceDefinition.SEPARATOR) : String.valueOf(given))
        .replace("\\n", "\n");
  }

  private Map<String, Operation> operations() {
    Map<String, Operation> operations = new HashMap<>();
    String written = own.getString(SourceDefinition.OPERATIONS);
    for (String each : written.isBlank() ? new String[0] : written.split(",", -1)) {
      int colon = each.lastIndexOf(':');
      String meaning = each.substring(colon + 1).strip();
      Optional<Operation> operation =
          List.of(Operation.values()).stream()
              .filter(known -> known.name().equalsIgnoreCase(meaning))
              .findFirst();
      if (colon <= 0 || operation.isEmpty()) {
        throw wrong(
            SourceDefinition.OPERATIONS,
            "expected text:OPERATION with one of %s, found '%s'"
                .formatted(List.of(Operation.values()), each.strip()));
      }
      String text = each.substring(0, colon).strip();
      if (operations.put(text, operation.get()) != null) {
        throw wrong(
            SourceDefinition.OPERATIONS, "expected one meaning of '%s', found two".formatted(text));
      }
    }
    return operations;
  }

  private void requirePayload(SourceMapping mapping) {
    if (!mapping.rule(Field.TEXT).isMapped() && !mapping.rule(Field.FEATURES).isMapped()) {
      throw wrong("text", "expected a path of the text or of features, found neither");
    }
  }

  /** Two tenants never become one by a mapping, unless that is said. */
  private void requireOneTenant(FieldRule tenant) {
    if (!tenant.isMapped()) {
      throw wrong("tenant", "expected a path, found none");
    }
    if (tenant.fallback().isPresent() && !own.getBoolean(SourceDefinition.MAY_MERGE)) {
      throw wrong(
          "tenant" + SourceDefinition.DEFAULT,
          "expected none, because it makes one tenant '%s' of all records without %s; set %s=true to allow that"
              .formatted(
                  tenant.fallback().get(), tenant.spelling(), prefix + SourceDefinition.MAY_MERGE));
    }
  }

  /** A format without fields has no path into it. */
  private void requireShapes(SourceMapping mapping) {
    for (Field field : Field.values()) {
      for (FieldPath path : mapping.rule(field).paths()) {
        DataFormat format =
            path.root() == FieldPath.Root.KEY ? mapping.keyFormat() : mapping.format();
        boolean isFlat = format != DataFormat.AVRO && format != DataFormat.JSON;
        if (path.root() != FieldPath.Root.HEADER && isFlat && !path.isWhole()) {
          throw wrong(
              field.spelling(),
              "expected no field in a %s, found '%s'"
                  .formatted(format.name().toLowerCase(Locale.ROOT), path));
        }
      }
    }
  }

  private void requireNullsCanBeRead(SourceMapping mapping) {
    List<Field> needed =
        switch (mapping.nullValue()) {
          case REFUSE, SKIP -> List.of();
          case RETRACT -> List.of(Field.TENANT, Field.ID);
          case FORGET_TENANT -> List.of(Field.TENANT);
        };
    for (Field field : needed) {
      boolean isThere =
          mapping.rule(field).isMapped()
              && mapping.rule(field).paths().stream()
                  .noneMatch(path -> path.root() == FieldPath.Root.VALUE);
      if (!isThere) {
        throw wrong(
            SourceDefinition.NULL_VALUE,
            "expected a path of %s into key or headers, because there is no value, found '%s'"
                .formatted(field.spelling(), mapping.rule(field).spelling()));
      }
    }
  }

  private <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, own.getString(name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private ConfigException wrong(String name, String message) {
    return new ConfigException(prefix + name + ": " + message);
  }
}
