package dev.hyperflow.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantTablesTest {
  private static final Tenants.Owner OWNER = new Tenants.Owner("host:8080", true);

  private static Tenants.Row row(String tenant, Tenants.Quality quality) {
    return new Tenants.Row(tenant, 1_234, 3, "00ff", 0, false, OWNER, quality, List.of());
  }

  private static Tenants.Quality quality(double before, double after) {
    return new Tenants.Quality(
        new Tenants.Accuracy(
            1_500,
            20,
            100,
            new Tenants.Estimate(after, after - 0.1, after + 0.05),
            new Tenants.Estimate(before, before - 0.1, before + 0.1)),
        false,
        null,
        List.of());
  }

  /** All three labels right would be 100 %. */
  private static Tenants.Quality handful() {
    return new Tenants.Quality(
        new Tenants.Accuracy(3, 20, 100, null, null), false, null, List.of());
  }

  private static Attention attention(Attention.Code code, String text) {
    return new Attention(code, "acme", text, "What to do.", 5L);
  }

  @Test
  void shouldShowTheGainOfTenantsThatWereTested() {
    List<String> lines =
        TenantTables.list(
                new TenantApi.Found(
                    4,
                    List.of(
                        row("acme", quality(0.5, 0.75)),
                        row("worse", quality(0.5, 0.25)),
                        row("few", handful()),
                        row("untested", null))),
                Palette.PLAIN)
            .lines()
            .toList();

    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith("acme").contains("1,234", "50.0 %", "75.0 %", "+25.0");
    assertThat(lines.get(2)).endsWith("-25.0");
    assertThat(lines.get(3)).contains(" 3 ").doesNotContain("%").endsWith(Cells.UNKNOWN);
    assertThat(lines.get(4)).endsWith(Cells.UNKNOWN);
  }

  @Test
  void shouldNameWhatNeedsAPerson() {
    Tenants.Row row =
        new Tenants.Row(
            "acme",
            4,
            2,
            "00ff",
            0,
            false,
            OWNER,
            null,
            List.of(
                attention(Attention.Code.DRIFT, "It drifts."),
                attention(Attention.Code.DEAD_LETTERS, "2 records were refused.")));

    assertThat(TenantTables.list(new TenantApi.Found(1, List.of(row)), Palette.PLAIN).lines())
        .last()
        .asString()
        .endsWith("  drift, dead letters");
  }

  @Test
  void shouldSayFromHowManyLabelsTheAccuracyIs() {
    assertThat(TenantTables.detail(detail(quality(0.5, 0.75)), Optional.empty(), Palette.PLAIN))
        .contains(
            "75.0 % (95 % interval 65.0 % to 80.0 %), unadapted 50.0 %",
            "of 1,500 labels, each predicted before it was learned; the last 100 count most");
    assertThat(TenantTables.detail(detail(handful()), Optional.empty(), Palette.PLAIN))
        .contains("too few labels: 3 of 20");
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
    String text = TenantTables.detail(detail(quality(0.5, 0.75)), Optional.empty(), Palette.PLAIN);

    assertThat(text)
        .contains("4 examples, 2 labels, fingerprint 00ff")
        .contains("mine@0123, in shadow next")
        .contains("examples per label 3, consistency latest, abstains below 0.5, pinned")
        .contains("drift", "It drifts.", "What to do.")
        .contains("a  described")
        .contains("1970-01-01T00:00:00Z");
  }

  private static Tenants.Detail detail(Tenants.Quality quality) {
    return new Tenants.Detail(
        "acme",
        4,
        2,
        "00ff",
        5,
        0,
        true,
        OWNER,
        quality,
        new Tenants.BundleInUse("mine", "0123", "next"),
        new Tenants.Settings(3, "LATEST", 0.5f, true),
        List.of(new Tenants.Label("a", 3, true, 16), new Tenants.Label("b", 1, false, 16)),
        List.of(new Tenants.Place(0, "a:80", 4, true)),
        List.of(attention(Attention.Code.DRIFT, "It drifts.")));
  }
}
