package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import java.nio.ByteBuffer;

/**
 * The bytes of an integration budget in the {@code tenant-activity} store.
 *
 * <pre>
 * value, little-endian
 *   uint8   version = 1
 *   float64 integrations left
 *   int64   event time of the last change, ms since the epoch
 * </pre>
 */
final class BudgetLayout {
  private static final byte VERSION = 1;
  private static final int BYTES = Byte.BYTES + Double.BYTES + Long.BYTES;

  private BudgetLayout() {}

  static byte[] value(IntegrationBudget budget) {
    byte[] value = new byte[BYTES];
    LayoutBytes.over(value, VERSION).putDouble(budget.tokens()).putLong(budget.timeMillis());
    return value;
  }

  static IntegrationBudget budget(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "tenant-activity");
    return new IntegrationBudget(bytes.getDouble(), bytes.getLong());
  }
}
