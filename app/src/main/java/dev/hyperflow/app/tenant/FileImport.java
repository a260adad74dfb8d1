package dev.hyperflow.app.tenant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.FileInspection;
import dev.hyperflow.engine.internal.files.FilePreview;
import dev.hyperflow.engine.internal.files.FileRow;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.server.json.Imports;
import dev.hyperflow.server.json.Write;
import dev.hyperflow.server.time.BoundedWait;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the labelled texts of a file to an application. Doing it again changes nothing, as the ids
 * of events come from texts.
 */
public final class FileImport {
  private static final int BATCH_ROWS = 500;
  private static final int BATCH_CHARACTERS = 256 * 1024;
  private static final int MAX_REFUSALS = 100;
  private static final Duration POLL = Duration.ofMillis(100);

  private final FileForm form;
  private final DataLimits limits;

  /**
   * An import.
   *
   * @param form what is told of files; with a tenant all rows are its own
   * @param limits those of the application
   */
  public FileImport(FileForm form, DataLimits limits) {
    this.form = form;
    this.limits = limits;
  }

  /**
   * Looks at a whole file, and sends nothing.
   *
   * @throws DataFormatException when it is no file of labelled texts; names the line
   * @throws IOException when it cannot be read
   */
  public FilePreview look(Path path) throws IOException {
    try (LabelledFile file = open(path, new Position(Files.newInputStream(path)))) {
      FileInspection inspection = new FileInspection(file.shape());
      for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
        inspection.add(own(row.get()));
      }
      return inspection.preview();
    }
  }

  /** A row of another tenant than the one that is given for all is refused. */
  private FileRow own(FileRow row) {
    if (form.tenant().isPresent()
        && row instanceof FileRow.Read read
        && !read.utterance().tenant().equals(form.tenant().get())) {
      return new FileRow.Refused(
          row.line(),
          "tenant: expected %s, found %s"
              .formatted(form.tenant().get(), read.utterance().tenant()));
    }
    return row;
  }

  private LabelledFile open(Path path, InputStream in) throws IOException {
    return LabelledFile.open(in, path.toString(), form, limits);
  }

  /** Sees how far an import is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some rows were sent.
     *
     * @param share which part of the file was read, 0 to 1
     * @param line up to which the brokers have it
     */
    void at(double share, long line);
  }

  /**
   * What was sent.
   *
   * @param taken texts that the brokers have
   * @param refused rows that the application refused
   * @param refusals the first of them
   * @param leftOut rows that were not sent, because they cannot be used
   * @param last the last event of each tenant
   */
  public record Sent(
      long taken,
      long refused,
      List<FileRow.Refused> refusals,
      LeftOut leftOut,
      Map<String, String> last) {}

  /**
   * Rows that cannot be used.
   *
   * @param count how many there are
   * @param first the first of them
   */
  public record LeftOut(long count, List<FileRow.Refused> first) {
    private static LeftOut of(FilePreview seen, long from, long before) {
      return new LeftOut(
          seen.counts().refused() - before,
          seen.refusals().stream().filter(refusal -> refusal.line() >= from).toList());
    }
  }

  /**
   * Sends a file.
   *
   * @param api takes it
   * @param from the first line that is sent
   * @throws ApiException when the application refuses, or does not answer for too long; names the
   *     line to go on from
   * @throws DataFormatException when the file breaks off; rows before that were sent
   * @throws IOException when it cannot be read
   */
  public Sent send(TenantApi api, Path path, long from, Progress progress)
      throws IOException, InterruptedException {
    Position position = new Position(Files.newInputStream(path));
    double size = Math.max(1, Files.size(path));
    try (LabelledFile file = open(path, position)) {
      FileInspection inspection = new FileInspection(file.shape());
      Batch batch = new Batch(api);
      long line = 0;
      long before = 0;
      for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
        if (line < from && row.get().line() >= from) {
          before = inspection.preview().counts().refused();
        }
        line = row.get().line();
        if (inspection.add(own(row.get())) && line >= from) {
          batch.add((FileRow.Read) row.get());
          if (batch.isFull()) {
            batch.send();
            progress.at(Math.min(1, position.bytes / size), line);
          }
        }
      }
      batch.send();
      progress.at(1, line);
      return new Sent(
          batch.taken,
          batch.refused,
          batch.refusals,
          LeftOut.of(inspection.preview(), from, before),
          batch.last);
    }
  }

  /** Rows that go out together. */
  private final class Batch {
    private final TenantApi api;
    private final StringBuilder lines = new StringBuilder();
    private final List<Long> numbers = new ArrayList<>();
    private final List<FileRow.Refused> refusals = new ArrayList<>();
    private final Map<String, String> last = new LinkedHashMap<>();
    private long taken;
    private long refused;

    Batch(TenantApi api) {
      this.api = api;
    }

    void add(FileRow.Read row) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("eventId", row.eventId());
      node.put("tenant", row.utterance().tenant());
      node.put("label", row.utterance().label());
      node.put("text", row.utterance().text());
      lines.append(node).append('\n');
      numbers.add(row.line());
      last.put(row.utterance().tenant(), NameRule.normal(row.eventId()));
    }

    boolean isFull() {
      return numbers.size() == BATCH_ROWS || lines.length() >= BATCH_CHARACTERS;
    }

    void send() throws InterruptedException {
      if (numbers.isEmpty()) {
        return;
      }
      Imports.Report report;
      try {
        report = api.importLines(form.tenant(), lines.toString());
      } catch (ApiException e) {
        throw stopped(e.kind(), e.getMessage(), e);
      }
      if (report.stopped() != null) {
        throw stopped(ApiException.Kind.FAILED, report.stopped(), null);
      }
      taken += report.counts().taken() + report.counts().repeated();
      refused += report.counts().refused();
      for (Imports.Refusal refusal : report.refusals()) {
        if (refusals.size() < MAX_REFUSALS) {
          long line = numbers.get((int) Math.min(numbers.size(), refusal.line()) - 1);
          refusals.add(new FileRow.Refused(line, refusal.reason()));
        }
      }
      lines.setLength(0);
      numbers.clear();
    }

    private ApiException stopped(ApiException.Kind kind, String message, ApiException cause) {
      if (taken == 0 && cause != null) {
        return cause;
      }
      return new ApiException(
          kind,
          "line %d: %s. The topic has the lines before it. --from-line %d goes on there"
              .formatted(numbers.get(0), message, numbers.get(0)),
          cause);
    }
  }

  /**
   * Waits until a tenant shows an event.
   *
   * @return its support set
   * @throws ApiException when it does not in time
   */
  public TenantApi.SupportSet await(TenantApi api, String tenant, String eventId)
      throws InterruptedException {
    BoundedWait wait = new BoundedWait(api.patience(), POLL);
    do {
      if (api.known(tenant).isPresent()) {
        TenantApi.SupportSet set = api.support(tenant);
        if (set.events().stream().map(Write.Support::eventId).anyMatch(eventId::equals)) {
          return set;
        }
      }
    } while (wait.again());
    throw new ApiException(
        ApiException.Kind.FAILED,
        "%s: expected event %s in its memory, found none; the dead letters list refused records"
            .formatted(Printable.of(tenant), Printable.of(eventId)));
  }

  /** Knows how far a file was read. For one thread. */
  private static final class Position extends FilterInputStream {
    private long bytes;

    Position(InputStream in) {
      super(new BufferedInputStream(in));
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      bytes += Math.max(0, read);
      return read;
    }
  }
}
