package dev.hyperflow.topology.internal.state;

/** The names of the stores, and so of their changelog topics: a public contract. */
public final class StoreNames {
  /** The examples. */
  public static final String SUPPORT_MEMORY = "support-memory";

  /** What is known of a tenant without its examples. */
  public static final String TENANT_META = "tenant-meta";

  /** From event id to the slot of its example. */
  public static final String EXAMPLE_INDEX = "example-index";

  /** The heads: a cache, not logged. */
  public static final String HEADS = "heads";

  /** Queries whose true label may still come. */
  public static final String RECENT_QUERIES = "recent-queries";

  /** What tenants may still have integrated, and how well they are served. */
  public static final String TENANT_ACTIVITY = "tenant-activity";

  /** The records that wait for their batch. */
  public static final String INBOX = "inbox";

  /** Holds nothing: its flush drains the batch before a commit. Not logged. */
  public static final String COMMIT_GATE = "commit-gate";

  private StoreNames() {}
}
