package dev.hyperflow.server.http;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A request. For one thread.
 *
 * @param method GET, POST, DELETE …
 * @param target path and query, escaped anew
 * @param path values of the path's parameters
 * @param query values of the query's parameters
 * @param grant what the caller may do
 * @param raw what only some need
 */
public record Call(
    String method,
    String target,
    Map<String, String> path,
    Map<String, String> query,
    Grant grant,
    Raw raw) {

  /** Set on requests that one instance hands on to another; stops loops. */
  public static final String FORWARDED = "X-HyperFlow-Forwarded";

  /**
   * What only some need.
   *
   * @param header gives a header's value or null
   * @param body reads a body of JSON
   * @param file opens the body of a file
   */
  public record Raw(
      Function<String, String> header, Supplier<byte[]> body, Supplier<InputStream> file) {}

  /** The tenant that the path names. */
  public String tenant() {
    return path.get("tenant");
  }

  /** The value of a header, in whatever case its name is written. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(raw.header().apply(name));
  }

  /** Whether another instance has handed it on. */
  public boolean isForwarded() {
    return header(FORWARDED).isPresent();
  }

  /**
   * Reads the body; once.
   *
   * @throws ProblemException when it is too large, comes too slowly, or is no JSON
   */
  public byte[] body() {
    return raw.body().get();
  }

  /**
   * Opens a body that is a file of texts; once. Reading it throws a {@link ProblemException} when
   * it is too large or comes too slowly.
   *
   * @throws ProblemException when its type is none of a file, or its length is beyond the limit
   */
  public InputStream file() {
    return raw.file().get();
  }

  /** A parameter of the query. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * A whole number of the query.
   *
   * @throws ProblemException when it is none, or out of range
   */
  public int number(String name, int standard, int least, int most) {
    String text = query.get(name);
    if (text == null) {
      return standard;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outOfRange(name, least, most, text);
    }
    throw outOfRange(name, least, most, text);
  }

  private static ProblemException outOfRange(String name, int least, int most, String found) {
    return ProblemException.invalid(
        name,
        "expected a whole number from %d to %d, found '%s'"
            .formatted(least, most, ProblemException.shown(found)));
  }

  /**
   * One of some words of the query.
   *
   * @throws ProblemException when it is another
   */
  public <E extends Enum<E>> E word(String name, E standard, Class<E> words) {
    String text = query.get(name);
    if (text == null) {
      return standard;
    }
    for (E word : words.getEnumConstants()) {
      if (word.toString().equals(text)) {
        return word;
      }
    }
    throw ProblemException.invalid(
        name,
        "expected one of %s, found '%s'"
            .formatted(Arrays.toString(words.getEnumConstants()), ProblemException.shown(text)));
  }
}
