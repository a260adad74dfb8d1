package dev.hyperflow.engine.internal.texts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads messages from tab-separated UTF-8 text: {@code tenant<TAB>label<TAB>text}, or {@code
 * label<TAB>text} for a single tenant. The first line decides; empty lines are skipped.
 */
public final class TsvReader {

  /** The tenant of files that name none. */
  public static final String DEFAULT_TENANT = "tenant-1";

  private static final String TAB = "\t";
  private static final int WITH_TENANT = 3;
  private static final int WITHOUT_TENANT = 2;

  private TsvReader() {}

  /**
   * Reads a file.
   *
   * @param limits what it may hold
   * @throws DataFormatException when it cannot be read, has a bad line or no line at all
   */
  public static List<Utterance> read(Path file, DataLimits limits) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), limits);
    } catch (NoSuchFileException e) {
      throw new DataFormatException(file + ": no such file", e);
    } catch (IOException e) {
      throw new DataFormatException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name what error messages call the stream
   * @param limits what it may hold
   * @throws DataFormatException on a bad line, or when there is no line at all
   * @throws IOException when the stream cannot be read
   */
  public static List<Utterance> read(InputStream in, String name, DataLimits limits)
      throws IOException {
    List<Utterance> utterances = new ArrayList<>();
    Map<String, Set<String>> labels = new HashMap<>();
    // A decoder of its own, because a plain reader replaces bad bytes instead of reporting them.
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    int columns = 0;
    int number = 0;
    String line;
    while ((line = nextLine(reader, name, number + 1)) != null) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] fields = line.split(TAB, -1);
      columns = columns == 0 ? firstLine(fields.length, name, number) : columns;
      Utterance utterance = utterance(fields, columns, name, number);
      check(utterance, labels, limits, name + ":" + number);
      utterances.add(utterance);
    }
    if (utterances.isEmpty()) {
      throw new DataFormatException(name + ": expected at least one line, found none");
    }
    return utterances;
  }

  private static String nextLine(BufferedReader reader, String name, int number)
      throws IOException {
    try {
      return reader.readLine();
    } catch (CharacterCodingException e) {
      throw new DataFormatException(
          name + ": at or after line " + number + ": expected UTF-8, found other bytes", e);
    }
  }

  private static int firstLine(int found, String name, int number) {
    if (found != WITH_TENANT && found != WITHOUT_TENANT) {
      throw badColumns(name, number, "tenant<TAB>label<TAB>text or label<TAB>text", found);
    }
    return found;
  }

  private static Utterance utterance(String[] fields, int columns, String name, int number) {
    if (fields.length != columns) {
      String expected = columns == WITH_TENANT ? "tenant<TAB>label<TAB>text" : "label<TAB>text";
      throw badColumns(name, number, expected, fields.length);
    }
    int offset = columns - WITHOUT_TENANT;
    String tenant = offset == 0 ? DEFAULT_TENANT : fields[0].strip();
    String label = fields[offset].strip();
    String text = fields[offset + 1].strip();
    if (tenant.isEmpty() || label.isEmpty() || text.isEmpty()) {
      throw new DataFormatException(name + ":" + number + ": expected no empty column, found one");
    }
    return new Utterance(tenant, label, text);
  }

  private static void check(
      Utterance utterance, Map<String, Set<String>> labels, DataLimits limits, String where) {
    requireAtMost(limits.tenantLength(), utterance.tenant(), where + ": tenant");
    requireAtMost(limits.labelLength(), utterance.label(), where + ": label");
    requireAtMost(limits.textLength(), utterance.text(), where + ": text");
    if (!utterance.isLabelled()) {
      return;
    }
    Set<String> known = labels.computeIfAbsent(utterance.tenant(), tenant -> new HashSet<>());
    known.add(utterance.label());
    if (known.size() > limits.labelsPerTenant()) {
      throw new DataFormatException(
          "%s: expected at most %d labels of tenant %s, found one more"
              .formatted(where, limits.labelsPerTenant(), utterance.tenant()));
    }
  }

  private static void requireAtMost(int length, String value, String what) {
    if (value.length() > length) {
      throw new DataFormatException(
          "%s: expected at most %d characters, found %d".formatted(what, length, value.length()));
    }
  }

  private static DataFormatException badColumns(
      String name, int number, String expected, int found) {
    return new DataFormatException(
        name + ":" + number + ": expected " + expected + ", found " + found + " column(s)");
  }
}
