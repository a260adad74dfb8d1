package dev.hyperflow.topology.internal.config;

import java.util.regex.Pattern;

/** The names that Kafka takes for topics. */
final class KafkaNames {
  /** Characters of the longest name. */
  static final int MAX_LENGTH = 249;

  private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z0-9._-]+");

  private KafkaNames() {}

  static boolean isValid(String name, int maxLength) {
    return CHARACTERS.matcher(name).matches()
        && name.length() <= maxLength
        && !name.equals(".")
        && !name.equals("..");
  }

  /** What a valid name is, for messages. */
  static String expected(int maxLength) {
    return "a name of at most %d letters, digits, '.', '_' and '-'".formatted(maxLength);
  }
}
