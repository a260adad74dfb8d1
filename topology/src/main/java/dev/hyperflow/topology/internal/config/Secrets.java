package dev.hyperflow.topology.internal.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Keeps secrets out of every place that shows a configuration. */
final class Secrets {
  // A setting of this application is a secret if it has the type of a password: http.tokens and
  // http.tls.key are paths. Of any other setting only the name is known, so its name decides. A
  // name
  // too many hides a harmless value; a name too few shows a secret.

  /** Stands for a secret. */
  static final String HIDDEN = "********";

  private static final Pattern SECRET_NAMES =
      Pattern.compile(
          "pass(word|phrase)|secret|token|credential|jaas|auth|user\\.info|private|\\.key$"
              + "|certificate\\.chain|certificates$");

  private static final Pattern USER_IN_URL = Pattern.compile("(?<=://)[^/\\s]*@");

  private Secrets() {}

  /** The value of a setting, without what is secret about it. A placeholder is no secret. */
  static String hidden(String name, String value) {
    if (value.isEmpty() || ParsedSettings.PLACEHOLDER.matcher(value).matches()) {
      return value;
    }
    return isSecret(name) ? HIDDEN : USER_IN_URL.matcher(value).replaceAll(HIDDEN + "@");
  }

  private static boolean isSecret(String name) {
    ConfigKey own = Definitions.all().configKeys().get(name);
    return own == null
        ? SECRET_NAMES.matcher(name.toLowerCase(Locale.ROOT)).find()
        : own.type == ConfigDef.Type.PASSWORD;
  }
}
