package dev.hyperflow.schemas;

import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.TenantQuality;
import dev.hyperflow.schemas.internal.registry.RegistryAdmin;
import dev.hyperflow.schemas.internal.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The records that stand on topics. */
public final class Contracts {
  /** The newest released version of the schemas. */
  public static final int NEWEST = 4;

  private static final Path RELEASED = Path.of("src/main/resources/schemas/released");
  private static final String SCOPE = "contracts";

  private Contracts() {}

  /** Returns the generated classes' schemas. */
  public static List<Schema> generated() {
    return List.of(
        SupportEvent.getClassSchema(),
        QueryEvent.getClassSchema(),
        Prediction.getClassSchema(),
        DeadLetter.getClassSchema(),
        AdaptedHead.getClassSchema(),
        TenantQuality.getClassSchema(),
        BundleControl.getClassSchema());
  }

  /** Returns where a released version of a schema is, or would be, relative to the module. */
  public static Path releasedFile(int version, Schema schema) {
    return RELEASED.resolve("v" + version).resolve(schema.getName() + ".avsc");
  }

  /** Returns a released version of a schema: the plain text, as people without Java have it. */
  public static Schema released(int version, Schema schema) throws IOException {
    String resource = "/schemas/released/v%d/%s.avsc".formatted(version, schema.getName());
    try (InputStream in = Contracts.class.getResourceAsStream(resource)) {
      return new Schema.Parser().parse(in);
    }
  }

  /** Returns a schema as it stands in a registry once the client has registered it. */
  public static Schema asRegistered(Schema generated) {
    RegistryAdmin.drop(SCOPE);
    RegistryClient client = RegistryClient.create(Map.of("schema.registry.url", "mock://" + SCOPE));
    return client.schemaById(client.register("any", generated));
  }
}
