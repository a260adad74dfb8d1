package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TenantListRoutesTest {
  private static final Tenants.Row UNTESTED = row("untested", null);
  private static final Tenants.Row FEW = row("few", new Tenants.Accuracy(3, 20, 100, null, null));
  private static final Tenants.Row WORSE = row("worse", known(0.9, 0.95));
  private static final Tenants.Row BETTER = row("better", known(0.8, 0.6));

  @Test
  void shouldPutTenantsWithTooFewLabelsBelowAllOthers() {
    assertThat(sorted(TenantListRoutes.Sort.ACCURACY))
        .containsExactly(UNTESTED, FEW, BETTER, WORSE);
    assertThat(sorted(TenantListRoutes.Sort.TESTED)).containsExactly(UNTESTED, FEW, WORSE, BETTER);
  }

  @Test
  void shouldSortByGain() {
    assertThat(sorted(TenantListRoutes.Sort.GAIN)).containsExactly(UNTESTED, FEW, WORSE, BETTER);
  }

  @Test
  void shouldSortByWhatNeedsAPerson() {
    Tenants.Row troubled =
        new Tenants.Row(
            "troubled",
            0,
            0,
            "",
            0,
            false,
            null,
            null,
            List.of(new Attention(Attention.Code.DRIFT, "troubled", "", "", null)));

    assertThat(Stream.of(troubled, UNTESTED).sorted(TenantListRoutes.Sort.ATTENTION.order).toList())
        .containsExactly(UNTESTED, troubled);
  }

  private static List<Tenants.Row> sorted(TenantListRoutes.Sort sort) {
    return Stream.of(UNTESTED, FEW, WORSE, BETTER).sorted(sort.order).toList();
  }

  private static Tenants.Accuracy known(double adapted, double unadapted) {
    return new Tenants.Accuracy(
        50, 20, 100, new Tenants.Estimate(adapted, 0, 1), new Tenants.Estimate(unadapted, 0, 1));
  }

  private static Tenants.Row row(String tenant, Tenants.Accuracy accuracy) {
    return new Tenants.Row(
        tenant,
        0,
        0,
        "",
        0,
        false,
        null,
        accuracy == null ? null : new Tenants.Quality(accuracy, false, null, List.of()),
        List.of());
  }
}
