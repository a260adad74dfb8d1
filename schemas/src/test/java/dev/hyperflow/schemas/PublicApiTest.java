package dev.hyperflow.schemas;

import dev.hyperflow.models.PublicApi;
import org.junit.jupiter.api.Test;

/** The generated records of {@code dev.hyperflow.events} are held by the released schemas. */
class PublicApiTest {
  @Test
  void shouldPromiseWhatIsListed() {
    PublicApi.assertGolden("dev.hyperflow.schemas");
  }
}
