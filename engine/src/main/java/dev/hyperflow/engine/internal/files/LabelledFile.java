package dev.hyperflow.engine.internal.files;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads labelled texts row by row, in whatever format they are. Takes the memory of one row. For
 * one thread; owns its stream.
 */
public final class LabelledFile implements AutoCloseable {
  /** Most characters of a row. */
  static final int MAX_ROW = 1024 * 1024;

  private static final int HEAD = 64 * 1024;

  /** What is known of a file must fit the memory, also when each row has a tenant of its own. */
  private static final int MAX_LABELS = 200_000;

  private static final Pattern JSON = Pattern.compile("\\s*(?:\\{\\s*[\"}]|\\[\\s*[\\[{\\]])");

  /** The line with which spreadsheets say what stands between columns; its end stays. */
  private static final Pattern SEPARATOR =
      Pattern.compile("\"?sep=([,;|\t])\"?(?=[\r\n])", Pattern.CASE_INSENSITIVE);

  private static final Pattern RASA = Pattern.compile("(?:version|nlu)\\s*:.*");

  private final TextSource source;
  private final Rows rows;
  private final FileShape shape;
  private final DataLimits limits;
  private final Optional<String> tenant;
  private final String name;
  private final Map<String, Set<String>> labels = new HashMap<>();
  private int allLabels;
  private boolean any;

  private LabelledFile(Opened opened, Rows rows, FileShape shape) {
    this.source = opened.source();
    this.rows = rows;
    this.shape = shape;
    this.limits = opened.limits();
    this.tenant = opened.form().tenant();
    this.name = opened.name();
  }

  /** What is known before the first row. */
  private record Opened(TextSource source, String name, FileForm form, DataLimits limits) {}

  /**
   * Opens a stream and looks at its beginning.
   *
   * @param name what messages call it
   * @param form what is told of it
   * @param limits what rows may hold
   * @throws DataFormatException when it is no such file; names the line
   * @throws IOException when it cannot be read
   */
  public static LabelledFile open(InputStream in, String name, FileForm form, DataLimits limits)
      throws IOException {
    TextSource source = new TextSource(in, name, RasaRows.MAX_CHARACTERS);
    char[] buffer = new char[HEAD];
    int length = 0;
    int read = 0;
    while (length < HEAD && read >= 0) {
      read = source.read(buffer, length, HEAD - length);
      length += Math.max(0, read);
    }
    String begin = new String(buffer, 0, length);
    Matcher said = SEPARATOR.matcher(begin);
    boolean isSaid = said.lookingAt();
    String head = isSaid ? begin.substring(said.end()) : begin;
    FileForm told = isSaid ? form.separatedBy(said.group(1).charAt(0)) : form;
    if (head.isBlank() && length < HEAD) {
      throw new DataFormatException(name + ": expected at least one line, found none");
    }
    FileFormat format = told.format().orElseGet(() -> format(head));
    Reader whole = new Replay(new StringReader(head), source);
    Opened opened = new Opened(source, name, told, limits);
    if (format.isDelimited()) {
      source.bounded(MAX_ROW);
      Layout layout = new LayoutGuess(told, name).of(head, read < 0);
      return new LabelledFile(
          opened, new DelimitedRows(whole, layout, name), shape(source, layout));
    }
    if (format.isJson()) {
      source.bounded(MAX_ROW);
      Rows rows = JsonRows.of(whole, head, new JsonTexts(told.columns()), name);
      return new LabelledFile(opened, rows, shape(source, JsonTexts.format(JsonRows.first(head))));
    }
    return new LabelledFile(opened, new RasaRows(whole, name), shape(source, format));
  }

  private static FileShape shape(TextSource source, FileFormat format) {
    return new FileShape(
        format,
        source.charset().name(),
        source.isMarked(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false);
  }

  private static FileFormat format(String head) {
    if (JSON.matcher(head).lookingAt()) {
      return FileFormat.JSONL;
    }
    boolean rasa =
        head.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("---"))
            .findFirst()
            .filter(line -> RASA.matcher(line).matches())
            .isPresent();
    return rasa ? FileFormat.RASA : FileFormat.CSV;
  }

  private static FileShape shape(TextSource source, Layout layout) {
    Map<ColumnRole, Integer> columns = new HashMap<>();
    layout.places().forEach((role, place) -> columns.put(role, place + 1));
    char separator = layout.dialect().separator();
    return new FileShape(
        separator == '\t' ? FileFormat.TSV : FileFormat.CSV,
        source.charset().name(),
        source.isMarked(),
        Optional.of(separator),
        layout.header(),
        columns,
        layout.swapped());
  }

  /**
   * All of a file.
   *
   * @param utterances in its order
   * @param findings what looks wrong
   */
  public record Content(List<Utterance> utterances, List<Finding> findings) {
    public Content {
      utterances = List.copyOf(utterances);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reads a whole file, all of whose rows must be sound.
   *
   * @throws DataFormatException when it cannot be read, or at the first row that is refused; names
   *     the file and, if any, the line
   */
  public static Content read(Path file, FileForm form, DataLimits limits) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), form, limits);
    } catch (NoSuchFileException e) {
      throw new DataFormatException(file + ": no such file", e);
    } catch (IOException e) {
      throw new DataFormatException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a whole stream, all of whose rows must be sound.
   *
   * @param name what messages call it
   * @throws DataFormatException at the first row that is refused
   * @throws IOException when it cannot be read
   */
  public static Content read(InputStream in, String name, FileForm form, DataLimits limits)
      throws IOException {
    List<Utterance> utterances = new ArrayList<>();
    LabelledFile file = open(in, name, form, limits);
    FileInspection inspection = new FileInspection(file.shape());
    for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
      inspection.add(row.get());
      if (row.get() instanceof FileRow.Refused refusal) {
        throw new DataFormatException(
            "%s:%d: %s".formatted(name, refusal.line(), refusal.reason()));
      }
      utterances.add(((FileRow.Read) row.get()).utterance());
    }
    return new Content(utterances, inspection.preview().findings());
  }

  /** How the file is written. */
  public FileShape shape() {
    return shape;
  }

  /**
   * The next row, if there is one.
   *
   * @throws DataFormatException when the file cannot be read on; names the line
   * @throws IOException when the stream cannot be read
   */
  public Optional<FileRow> next() throws IOException {
    Optional<RawRow> row = rows.next();
    row.ifPresent(raw -> source.rowDone(raw.line()));
    if (row.isEmpty() && !any) {
      throw new DataFormatException(name + ": expected at least one line, found none");
    }
    any = true;
    return row.map(this::checked);
  }

  private FileRow checked(RawRow raw) {
    if (raw.refusal().isPresent()) {
      return new FileRow.Refused(raw.line(), raw.refusal().get());
    }
    Optional<String> owner = raw.tenant().or(() -> tenant);
    if (owner.isEmpty()) {
      return new FileRow.Refused(
          raw.line(), "tenant: expected one in each row or one for all, found none");
    }
    String label = raw.label().orElse(Utterance.UNLABELLED);
    Optional<String> refusal =
        tooLong("tenant", owner.get(), limits.tenantLength())
            .or(() -> tooLong("label", label, limits.labelLength()))
            .or(() -> tooLong("text", raw.text(), limits.textLength()))
            .or(() -> raw.id().flatMap(id -> tooLong("id", id, limits.tenantLength())))
            .or(() -> tooMany(owner.get(), label));
    return refusal.isPresent()
        ? new FileRow.Refused(raw.line(), refusal.get())
        : new FileRow.Read(raw.line(), new Utterance(owner.get(), label, raw.text()), raw.id());
  }

  private static Optional<String> tooLong(String field, String value, int most) {
    if (value.isBlank()) {
      return Optional.of(field + ": expected a value, found a blank one");
    }
    if (value.length() > most) {
      return Optional.of(
          "%s: expected at most %d characters, found %d".formatted(field, most, value.length()));
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(value)
        ? Optional.empty()
        : Optional.of(field + ": expected Unicode text, found half a surrogate pair");
  }

  private Optional<String> tooMany(String owner, String label) {
    if (label.equals(Utterance.UNLABELLED)) {
      return Optional.empty();
    }
    Set<String> known = labels.getOrDefault(owner, Set.of());
    if (known.contains(label)) {
      return Optional.empty();
    }
    if (allLabels == MAX_LABELS) {
      return Optional.of(
          "label: expected at most %,d labels of all tenants in a file, found one more"
              .formatted(MAX_LABELS));
    }
    if (known.size() < limits.labelsPerTenant()) {
      labels.computeIfAbsent(owner, any -> new HashSet<>()).add(label);
      allLabels++;
      return Optional.empty();
    }
    return Optional.of(
        "label: expected at most %d labels of tenant %s, found one more"
            .formatted(limits.labelsPerTenant(), owner));
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** What was read already, then the rest. */
  private static final class Replay extends Reader {
    private final Reader head;
    private final Reader rest;

    Replay(Reader head, Reader rest) {
      this.head = head;
      this.rest = rest;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      int read = head.read(target, offset, length);
      return read >= 0 || length == 0 ? read : rest.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      rest.close();
    }
  }
}
