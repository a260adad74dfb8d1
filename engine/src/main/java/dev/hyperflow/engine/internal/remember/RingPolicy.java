package dev.hyperflow.engine.internal.remember;

import java.nio.charset.StandardCharsets;

/**
 * Which examples of a label are kept when there are more than fit, and so which gives way first.
 */
public enum RingPolicy {
  /** Those that arrived last. */
  NEWEST,
  /**
   * A uniform sample of all: those whose rank, a hash of tenant and event id, is lowest. So the
   * sample does not depend on the order of arrival, and a replay gives the same.
   */
  RESERVOIR;

  /** The rank of an example in the reservoir of its label, unsigned: lower stays. */
  static long rank(String tenant, String eventId) {
    // FNV-1a over both, then the finaliser of SplitMix64 to spread similar ids. Source: Cohen and
    // Kaplan, "Summarizing data using bottom-k sketches", 2007, for why the k lowest are a sample.
    long hash = 0xcbf29ce484222325L;
    for (byte b : (tenant + '\0' + eventId).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
