package dev.hyperflow.topology.internal.view;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.heap.BoundedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once for each tenant, when the encoder does not know many words of its texts. Thread-safe.
 */
final class UnknownWords {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownWords.class);

  /** Tokens after which a tenant is judged. */
  static final int JUDGED_TOKENS = 200;

  /** Share of unknown tokens from which a tenant is warned of. */
  static final double TOO_MANY = 0.3;

  private final BoundedMap<String, Words> tenants = BoundedMap.ofEntries(Recorder.MAX_TENANTS);

  private static final class Words {
    private long known;
    private long unknown;
    private boolean warned;

    /** Whether it is time to warn. */
    synchronized boolean read(Output.TextRead read) {
      known += read.known();
      unknown += read.unknown();
      boolean warns = !warned && known + unknown >= JUDGED_TOKENS && share() >= TOO_MANY;
      warned |= warns;
      return warns;
    }

    synchronized double share() {
      return (double) unknown / (known + unknown);
    }
  }

  /**
   * A text of a tenant was read.
   *
   * @return whether that led to a warning
   */
  boolean read(String tenant, Output.TextRead read) {
    Words words = tenants.findOrMake(tenant, name -> new Words());
    boolean warns = words.read(read);
    if (warns) {
      LOG.atWarn()
          .addKeyValue("tenant", tenant)
          .addKeyValue("unknown", "%.0f %%".formatted(100 * words.share()))
          .log(
              "The encoder does not know many words of a tenant's texts. Is it made for another language?");
    }
    return warns;
  }
}
