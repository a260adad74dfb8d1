package dev.hyperflow.app.cli;

import dev.hyperflow.app.tenant.ApiAddress;
import dev.hyperflow.app.tenant.ApiClient;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which running application a verb asks, and as whom. */
final class ApiOptions {
  private static final String TOKEN = "HYPERFLOW_TOKEN";
  private static final int MAX_SECONDS = 86_400;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "The URL of the application's HTTP API. Default: the address in --config, else"
              + " http://127.0.0.1:"
              + CommonOptions.DEMO_HTTP_PORT
              + ", the demo's.")
  private String url;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The application's configuration file. Address and authorities come from it.")
  private Path config;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The token to send. Other users of this machine can see it: prefer --token-file or the"
              + " environment variable "
              + TOKEN
              + ".")
  private String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file whose first line is the token.")
  private Path tokenFile;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "A PEM file of authorities that verify the application's certificate. Default:"
              + " http.tls.trust of --config, else those of the Java platform.")
  private Path trust;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to repeat a failed request and to wait for its effect. Default: 60.")
  private int timeout;

  /** The API of that application. */
  TenantApi api() {
    if (timeout < 1 || timeout > MAX_SECONDS) {
      throw usage("--timeout: expected 1 to %d seconds, found %d".formatted(MAX_SECONDS, timeout));
    }
    Optional<HttpSettings> http = configuration().map(ApplicationConfig::http);
    Optional<Path> authorities =
        Optional.ofNullable(trust)
            .or(
                () ->
                    http.flatMap(found -> found.security().tls()).flatMap(HttpSettings.Tls::trust));
    try {
      return new TenantApi(
          new ApiClient(
              new ApiAddress(base(http), token(), authorities, Duration.ofSeconds(timeout))));
    } catch (IllegalArgumentException e) {
      throw usage("--url: " + e.getMessage());
    }
  }

  /** The application's configuration, where it was given. */
  Optional<ApplicationConfig> configuration() {
    return Optional.ofNullable(config).map(ConfigurationFile::read);
  }

  private String base(Optional<HttpSettings> http) {
    if (url != null) {
      return url;
    }
    if (http.isEmpty()) {
      return "http://127.0.0.1:" + CommonOptions.DEMO_HTTP_PORT;
    }
    HttpSettings settings = http.get();
    if (settings.listen().port() <= 0) {
      throw usage(
          "--config: expected a port in http.port, found %d. Give the address with --url"
              .formatted(settings.listen().port()));
    }
    String host = settings.listen().advertisedHost();
    return "%s://%s:%d"
        .formatted(
            settings.security().tls().isPresent() ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            settings.listen().port());
  }

  private Optional<String> token() {
    if (token != null && tokenFile != null) {
      throw usage("--token, --token-file: expected one of them, found both");
    }
    Optional<String> given =
        token != null
            ? Optional.of(token)
            : tokenFile != null
                ? Optional.of(firstLine())
                : Optional.ofNullable(System.getenv(TOKEN)).filter(text -> !text.isEmpty());
    given.ifPresent(
        text -> {
          if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw usage(
                "token: expected a token that 'hyperflow token create' printed, found another");
          }
        });
    return given;
  }

  private String firstLine() {
    try {
      return Files.readString(tokenFile, StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("")
          .strip();
    } catch (CharacterCodingException e) {
      throw usage("--token-file: expected text in %s, found other bytes".formatted(tokenFile));
    } catch (IOException e) {
      throw usage("--token-file: expected a readable file, found " + tokenFile);
    }
  }

  /** A tenant's name as it can be asked for. */
  String checked(String tenant) {
    if (tenant.isBlank()) {
      throw usage("TENANT: expected a name, found a blank one");
    }
    // Else another tenant would be asked for: what has no bytes becomes a question mark.
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(tenant) || tenant.indexOf('\uFFFD') >= 0) {
      throw usage("TENANT: expected UTF-8, found other bytes; does the locale (LC_ALL) say UTF-8?");
    }
    return tenant;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
