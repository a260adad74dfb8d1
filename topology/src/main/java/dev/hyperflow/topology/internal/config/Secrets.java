package dev.hyperflow.topology.internal.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps secrets out of what is shown of a configuration. */
final class Secrets {
  private static final String HIDDEN = "********";

  /** Where a secret comes from may be shown. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):[^}]*}");

  private static final Pattern SECRET_NAMES =
      Pattern.compile(".*(password|secret|jaas|credential|token|user\\.info|private|\\.key$).*");

  private static final Pattern USER_IN_URL = Pattern.compile("(?<=://)[^/@\\s]*@");

  private Secrets() {}

  /** The value of a setting as it may be shown: whole, in part, or not at all. */
  static String hidden(String name, String value) {
    if (PLACEHOLDER.matcher(value).matches()) {
      return value;
    }
    return SECRET_NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches()
        ? HIDDEN
        : USER_IN_URL.matcher(value).replaceAll(HIDDEN + "@");
  }
}
