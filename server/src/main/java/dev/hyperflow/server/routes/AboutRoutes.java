package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.About;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** What runs, and how it is set up. */
final class AboutRoutes {
  private static final String VERSION = "/dev/hyperflow/server/version.properties";

  private static final About.Reasons REASONS =
      new About.Reasons(
          Arrays.stream(Reason.values())
              .map(
                  reason ->
                      new About.Reason(
                          reason.name(), reason.fate().name(), reason.meaning(), reason.remedy()))
              .toList());

  private final Instance instance;
  private final Properties version = version();

  /** Routes over an instance. */
  AboutRoutes(Instance instance) {
    this.instance = instance;
  }

  private static Properties version() {
    Properties properties = new Properties();
    try (InputStream in = AboutRoutes.class.getResourceAsStream(VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/version",
            Route.Access.READ,
            Route.Doc.gives("What runs", About.Version.class),
            this::version),
        Route.get(
            "/api/v1/config",
            Route.Access.ADMIN,
            Route.Doc.gives("All settings, without secrets", About.Config.class),
            this::config),
        Route.get(
            "/api/v1/reasons",
            Route.Access.READ,
            Route.Doc.gives("Why records are ignored or refused", About.Reasons.class),
            call -> Reply.ok(REASONS)));
  }

  private Reply version(Call call) {
    String bundle = instance.view().rollout().serving();
    return Reply.ok(
        new About.Version(
            version.getProperty("version"),
            version.getProperty("commit"),
            Runtime.version().toString(),
            version.getProperty("kafka"),
            version.getProperty("onnxRuntime"),
            new About.BundleName(Names.name(bundle), Names.sha256(bundle)),
            instance.view().encoder().orElse(null)));
  }

  private Reply config(Call call) {
    return Reply.ok(
        new About.Config(
            instance.config().values().stream()
                .map(
                    setting ->
                        new About.Setting(
                            setting.name(),
                            setting.value(),
                            setting.given() ? About.Source.FILE : About.Source.DEFAULT,
                            setting.documentation()))
                .toList()));
  }
}
