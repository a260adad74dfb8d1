package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** The settings of traces. */
final class TracingDefinition {
  private static final String ENDPOINT = "tracing.endpoint";
  private static final String SAMPLE = "tracing.sample";

  private TracingDefinition() {}

  static void define(SettingList settings) {
    settings
        .text(
            ENDPOINT,
            "",
            "URL of the OpenTelemetry collector's HTTP receiver that gets the spans, for example"
                + " http://collector:4318/v1/traces. Empty: no tracing. Tracing adds only W3C's"
                + " headers to records.")
        .real(
            SAMPLE,
            0.01,
            between(0.0, 1.0),
            "Share of the records without a trace in their headers that begin one. A record with"
                + " a trace in its headers follows the sampling decision of that trace.");
  }

  /**
   * Reads where spans go; empty: nothing is traced.
   *
   * @throws ConfigException if that is no URL of a server
   */
  static Optional<String> endpoint(ParsedSettings parsed) {
    Optional<String> endpoint = parsed.optional(ENDPOINT);
    endpoint.ifPresent(
        text -> {
          if (!isOfServer(text)) {
            throw new ConfigException(
                ENDPOINT, text, "expected a URL such as http://collector:4318/v1/traces");
          }
        });
    return endpoint;
  }

  private static boolean isOfServer(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() != null && Set.of("http", "https").contains(url.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Reads the share of the records that begin a trace, 0 to 1. */
  static double sample(ParsedSettings parsed) {
    return parsed.getDouble(SAMPLE);
  }
}
