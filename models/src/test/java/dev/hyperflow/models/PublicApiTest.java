package dev.hyperflow.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicApiTest {

  @Test
  void shouldPromiseWhatTheGoldenFileLists() {
    PublicApi.assertGolden("dev.hyperflow.models");
  }

  @Test
  void shouldListAHeadWithItsMembers() {
    assertThat(PublicApi.listing("dev.hyperflow.models").lines())
        .contains(
            "public final class dev.hyperflow.models.Head",
            "  public static dev.hyperflow.models.Head of(int, int, float[])");
  }

  @Test
  void shouldSayNothingOfInternalPackages() {
    assertThat(PublicApi.listing("dev.hyperflow.models.internal")).isEmpty();
  }
}
