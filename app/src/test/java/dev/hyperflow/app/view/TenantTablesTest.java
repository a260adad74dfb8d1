package dev.hyperflow.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.server.json.Tenants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantTablesTest {
  private static final Tenants.Owner OWNER = new Tenants.Owner("host:8080", true);

  private static Tenants.Row row(String tenant, Tenants.Quality quality) {
    return new Tenants.Row(tenant, 1_234, 3, "00ff", 0, false, OWNER, quality);
  }

  private static Tenants.Quality quality(double before, double after, boolean drift) {
    return new Tenants.Quality(20, before, after, drift, null, List.of());
  }

  @Test
  void shouldShowTheGainOfTenantsThatWereTested() {
    List<String> lines =
        TenantTables.list(
                new TenantApi.Found(
                    3,
                    List.of(
                        row("acme", quality(0.5, 0.75, true)),
                        row("worse", quality(0.5, 0.25, false)),
                        row("untested", null))),
                Palette.PLAIN)
            .lines()
            .toList();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).startsWith("acme").contains("1,234", "50.0 %", "75.0 %", "+25.0");
    assertThat(lines.get(1)).endsWith("drift");
    assertThat(lines.get(2)).endsWith("-25.0");
    assertThat(lines.get(3)).endsWith(Cells.UNKNOWN);
  }

  @Test
  void shouldSayHowManyAreNotShown() {
    assertThat(
            TenantTables.list(new TenantApi.Found(5_000, List.of(row("a", null))), Palette.PLAIN))
        .contains("1 of 5,000 tenants; --limit or --search gives others");
    assertThat(TenantTables.list(new TenantApi.Found(0, List.of()), Palette.ANSI))
        .isEqualTo("No tenants.\n");
  }

  @Test
  void shouldNotLetANameMoveTheCursorOrBreakTheTable() {
    String text =
        TenantTables.list(
            new TenantApi.Found(2, List.of(row("a\u001b[2J", null), row("x".repeat(200), null))),
            Palette.PLAIN);

    assertThat(text).doesNotContain("\u001b").contains("…");
    assertThat(text.lines()).allMatch(line -> line.length() < 110);
  }

  @Test
  void shouldShowATenantWithItsOwnSettings() {
    Tenants.Detail detail =
        new Tenants.Detail(
            "acme",
            4,
            2,
            "00ff",
            0,
            true,
            OWNER,
            quality(0.5, 0.75, false),
            new Tenants.BundleInUse("mine", "0123", "next"),
            new Tenants.Settings(3, "LATEST", 0.5f, true),
            List.of(new Tenants.Label("a", 3, true, 16), new Tenants.Label("b", 1, false, 16)));

    String text = TenantTables.detail(detail, Optional.empty(), Palette.PLAIN);

    assertThat(text)
        .contains("4 examples, 2 labels, fingerprint 00ff")
        .contains("mine@0123, in shadow next")
        .contains("examples per label 3, consistency latest, abstains below 0.5, pinned")
        .contains("20 tested, before 50.0 %, after 75.0 %")
        .contains("a  described")
        .contains("1970-01-01T00:00:00Z");
  }
}
