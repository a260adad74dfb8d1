package dev.hyperflow.topology;

import dev.hyperflow.models.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  @Test
  void shouldPromiseWhatTheGoldenFileLists() {
    PublicApi.assertGolden("dev.hyperflow.topology");
  }
}
