package dev.hyperflow.demo.proof;

import dev.hyperflow.demo.scenario.StreamKind;
import java.util.Optional;

/**
 * One record to send, and what must come of it: a query's answer, a dead letter, or neither.
 *
 * @param stream where it goes
 * @param key the record's key, or null
 * @param value the record's value, or null
 * @param queryId of a query that must be answered
 * @param broken whether it must go to the dead letters
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Piece(
    StreamKind stream, byte[] key, byte[] value, Optional<String> queryId, boolean broken) {

  static Piece support(byte[] key, byte[] value) {
    return new Piece(StreamKind.SUPPORT, key, value, Optional.empty(), false);
  }

  static Piece query(byte[] key, byte[] value, String queryId) {
    return new Piece(StreamKind.QUERIES, key, value, Optional.of(queryId), false);
  }

  static Piece broken(StreamKind stream, byte[] key, byte[] value) {
    return new Piece(stream, key, value, Optional.empty(), true);
  }
}
