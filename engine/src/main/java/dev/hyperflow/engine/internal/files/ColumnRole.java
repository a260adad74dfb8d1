package dev.hyperflow.engine.internal.files;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a column or field holds. */
public enum ColumnRole {
  /** Whose text it is. */
  TENANT,
  /** What the text is about. */
  LABEL,
  /** What was written. */
  TEXT,
  /** The id of its event. */
  ID;

  private static final Map<ColumnRole, Set<String>> NAMES =
      Map.of(
          TENANT,
          Set.of(
              "tenant",
              "tenantid",
              "customer",
              "customerid",
              "account",
              "accountid",
              "organisation",
              "organization",
              "org",
              "orgid",
              "client",
              "clientid"),
          LABEL,
          Set.of(
              "label",
              "labels",
              "intent",
              "category",
              "class",
              "topic",
              "tag",
              "target",
              "sentiment",
              "choice",
              "annotation"),
          TEXT,
          Set.of(
              "text",
              "message",
              "utterance",
              "sentence",
              "query",
              "question",
              "content",
              "body",
              "comment",
              "review",
              "document",
              "example",
              "description",
              "phrase",
              "input"),
          // Plain "id" numbers rows; those of two files would replace each other.
          ID,
          Set.of("eventid"));

  /** The role that a column of this name has. */
  static Optional<ColumnRole> named(String name) {
    String plain = plain(name);
    return Stream.of(values()).filter(role -> NAMES.get(role).contains(plain)).findFirst();
  }

  /** A name without case, spaces and signs. */
  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ _.\\-]", "");
  }

  /** The role of that word. */
  public static Optional<ColumnRole> of(String word) {
    return Stream.of(values()).filter(role -> role.toString().equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
