package dev.hyperflow.schemas;

import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.schemas.registry.MockRegistries;
import dev.hyperflow.schemas.registry.RegistryClient;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The records that stand on topics. */
public final class Contracts {
  private static final String SCOPE = "contracts";

  private Contracts() {}

  /** Returns the generated classes' schemas. */
  public static List<Schema> generated() {
    return List.of(
        SupportEvent.getClassSchema(),
        QueryEvent.getClassSchema(),
        Prediction.getClassSchema(),
        DeadLetter.getClassSchema(),
        AdaptedHead.getClassSchema());
  }

  /** Returns a schema as it stands in a registry once the client has registered it. */
  public static Schema asRegistered(Schema generated) {
    MockRegistries.drop(SCOPE);
    RegistryClient client = RegistryClient.create(Map.of("schema.registry.url", "mock://" + SCOPE));
    return client.schemaById(client.register("any", generated));
  }
}
