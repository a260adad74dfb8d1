package dev.hyperflow.topology.internal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Refuses a name that nothing would read, most often a typing error. */
final class SettingSpelling {
  /** Swapped letters count twice; of short names, two would make another one. */
  private static final int MISTAKES = 2;

  private static final int SHORT = 8;

  private SettingSpelling() {}

  /**
   * Checks a name.
   *
   * @throws ConfigException with the nearest known name
   */
  static void requireKnown(String name) {
    if (name.startsWith(KafkaSettings.PREFIX)) {
      KafkaSettings.requireNotOwned(name);
      requireNotAlmostKafkas(name);
    } else if (name.startsWith(SourceDefinition.PREFIX)) {
      requireOfSource(name);
    } else if (!Definitions.all().names().contains(name) && !RegistryDefinition.passesOn(name)) {
      throw new ConfigException(
          "%s: unknown setting; expected %s, or a name that starts with %s<client setting> or %s"
              .formatted(
                  name,
                  nearest(name, Definitions.all().names()),
                  KafkaSettings.PREFIX,
                  RegistryDefinition.PREFIX));
    }
  }

  /* Other names pass: interceptors, reporters and the like read settings of their own. */
  private static void requireNotAlmostKafkas(String name) {
    Set<String> known = KafkaSettings.names();
    String wanted = name.substring(KafkaSettings.PREFIX.length());
    if (!known.contains(wanted)) {
      String nearest = nearest(wanted, known);
      if (distance(wanted, nearest) <= (wanted.length() < SHORT ? 1 : MISTAKES)) {
        throw new ConfigException(
            "%s: Kafka has no such setting; expected %s%s"
                .formatted(name, KafkaSettings.PREFIX, nearest));
      }
    }
  }

  private static void requireOfSource(String name) {
    if (!Sources.isSetting(name)) {
      int dot = name.indexOf('.', SourceDefinition.PREFIX.length());
      String key =
          dot < 0 ? name.substring(SourceDefinition.PREFIX.length()) : name.substring(dot + 1);
      throw new ConfigException(
          "%s: unknown setting; expected source.NAME.%s, where NAME has small letters, digits and"
                  .formatted(name, nearest(key, SourceDefinition.all().names()))
              + " hyphens, at most 40");
    }
  }

  private static String nearest(String name, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.comparingInt((String known) -> distance(name, known))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
