package dev.hyperflow.server.routes;

import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.json.Queries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Comparator;

/**
 * The place of a query in a list. A page begins after the place where the last one ended, so that
 * queries that come or go in between neither hide nor repeat others.
 *
 * @param probability of the answered label
 * @param time event time
 */
record QueryPlace(float probability, long time, String tenant, String queryId) {
  private static final Comparator<QueryPlace> NEWEST =
      Comparator.comparingLong(QueryPlace::time)
          .reversed()
          .thenComparing(QueryPlace::tenant)
          .thenComparing(QueryPlace::queryId);

  private static final Comparator<QueryPlace> UNCERTAINTY =
      Comparator.<QueryPlace>comparingDouble(QueryPlace::probability).thenComparing(NEWEST);

  /** What to sort by. */
  enum Sort {
    UNCERTAINTY("uncertainty", QueryPlace.UNCERTAINTY),
    NEWEST("newest", QueryPlace.NEWEST);

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // Comparators of methods have no state.
    private final Comparator<QueryPlace> order;

    Sort(String word, Comparator<QueryPlace> order) {
      this.word = word;
      this.order = order;
    }

    Comparator<QueryPlace> order() {
      return order;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  static QueryPlace of(Queries.Row row) {
    return new QueryPlace(row.probability(), row.time(), row.tenant(), row.queryId());
  }

  /** The place as the parameter {@code cursor}. */
  String cursor() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeFloat(probability);
      out.writeLong(time);
      out.writeUTF(tenant);
      out.writeUTF(queryId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * The place that a cursor names.
   *
   * @throws ProblemException when it is none that {@link #cursor} gave
   */
  static QueryPlace of(String cursor) {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(cursor)))) {
      return new QueryPlace(in.readFloat(), in.readLong(), in.readUTF(), in.readUTF());
    } catch (IOException | IllegalArgumentException e) {
      throw ProblemException.invalid("cursor", "expected one that a page gave, found another");
    }
  }
}
