package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.server.json.Tenants;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void shouldTakeTheIdOfABundleApartAtItsLastSign() {
    assertThat(Names.name("mine@v1@0123")).isEqualTo("mine@v1");
    assertThat(Names.sha256("mine@v1@0123")).isEqualTo("0123");
    assertThat(Names.name("bare")).isEqualTo("bare");
    assertThat(Names.sha256("bare")).isEqualTo("bare");
  }

  @Test
  void shouldShowOnlySettingsThatATenantHasOfItsOwn() {
    assertThat(Names.settings(TenantSettings.DEFAULTS))
        .isEqualTo(new Tenants.Settings(null, null, null, false));
    assertThat(
            Names.settings(
                new TenantSettings(
                    Optional.of(3), Optional.of(Consistency.LATEST), Optional.of(0.5f), true)))
        .isEqualTo(new Tenants.Settings(3, "LATEST", 0.5f, true));
  }
}
