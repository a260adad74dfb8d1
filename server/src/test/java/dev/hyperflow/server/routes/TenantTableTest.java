package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TenantTableTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long nowNanos = Long.MAX_VALUE - 5; // the clock of nanoTime may overflow
  private long costNanos;
  private int reads;

  private final TenantTable table =
      new TenantTable(
          visitor -> {
            reads++;
            nowNanos += costNanos;
            visitor.visit("t" + reads, TenantMeta.EMPTY, Optional::empty);
            visitor.visit("u", TenantMeta.EMPTY, () -> Optional.of(TenantQuality.NONE));
          },
          () -> nowNanos);

  @Test
  void shouldReadAgainAfterASecondAndNotBefore() {
    assertThat(table.entries()).map(TenantTable.Entry::tenant).containsExactly("t1", "u");

    nowNanos += SECOND - 1;
    assertThat(table.entries()).map(TenantTable.Entry::tenant).containsExactly("t1", "u");

    nowNanos += 1;
    assertThat(table.entries()).map(TenantTable.Entry::tenant).containsExactly("t2", "u");
  }

  @Test
  void shouldReadASlowTableAtMostATwentiethOfTheTime() {
    costNanos = SECOND;
    table.entries();

    nowNanos += 20 * SECOND - 1;
    table.entries();
    assertThat(reads).isEqualTo(1);

    nowNanos += 1;
    table.entries();
    assertThat(reads).isEqualTo(2);
  }
}
