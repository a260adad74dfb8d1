package dev.hyperflow.topology.internal;

import dev.hyperflow.schemas.internal.registry.RegisteredSchema;
import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.DataFormat;
import dev.hyperflow.topology.internal.mapping.SchemaPaths;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import java.util.List;

/** Compares the paths of mapped topics with the latest schemas of their values. */
final class SourceSchemas {
  private SourceSchemas() {}

  /**
   * Checks all mapped topics in Avro. Waits for the registry, which may start at the same time.
   *
   * @throws StartupException for the first path that leads nowhere
   */
  static void check(ApplicationConfig config) {
    List<SourceMapping> sources =
        config.sources().stream().filter(source -> source.format() == DataFormat.AVRO).toList();
    if (sources.isEmpty()) {
      return;
    }
    RegistryClient registry = RegistryClient.create(config.serdeSettings());
    RegistryCheck.await(registry, config);
    sources.forEach(source -> check(source, latest(source, registry)));
  }

  private static RegisteredSchema latest(SourceMapping source, RegistryClient registry) {
    try {
      return registry.latest(source.subject());
    } catch (RegistryException e) {
      throw new StartupException(
          "source.%s.subject: expected a schema of subject '%s' in the registry, found: %s"
              .formatted(source.name(), source.subject(), e.getMessage()),
          e);
    }
  }

  private static void check(SourceMapping source, RegisteredSchema latest) {
    source
        .pathsIntoValues()
        .forEach(
            each ->
                SchemaPaths.flaw(each.getKey(), each.getValue(), latest.schema())
                    .ifPresent(
                        flaw -> {
                          throw new StartupException(
                              "source.%s.%s=%s: %s (subject %s, version %d)"
                                  .formatted(
                                      source.name(),
                                      each.getKey().spelling(),
                                      each.getValue(),
                                      flaw,
                                      latest.subject(),
                                      latest.version()));
                        }));
  }
}
