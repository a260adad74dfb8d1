package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.FileFormat;
import dev.hyperflow.engine.internal.files.FileInspection;
import dev.hyperflow.engine.internal.files.FileRow;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.server.json.Imports;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Takes files of labelled texts, row by row: a file of any size takes the memory of some rows. */
final class ImportRoutes {
  private static final String FILE = "file";
  private static final long RETRY_MILLIS = 2_000;

  /** What an import knows of its file takes some megabytes. */
  private static final int MAX_AT_A_TIME = 4;

  private static final Route.Parameter[] PARAMETERS = {
    Route.Parameter.word(
        "preview", Flag.class, "true: says what the file holds, and writes nothing."),
    Route.Parameter.word(
        "format", FileFormat.class, "The file's format. Default: found from its beginning."),
    Route.Parameter.text(
        "separator",
        "Between columns: tab, comma, semicolon, pipe or one character. Default: found."),
    Route.Parameter.word(
        "header", Flag.class, "Whether the first row names the columns. Default: found."),
    Route.Parameter.text(
        "columns",
        "Names or numbers of columns, such as text=2,label=1,tenant=3,id=4. Default: found."),
  };

  private final Instance instance;
  private final ImportedRows imported;
  private final Semaphore places = new Semaphore(MAX_AT_A_TIME);

  /** Routes over an instance. */
  ImportRoutes(Instance instance, TopicWriter writer, InstantSource clock) {
    this.instance = instance;
    this.imported = new ImportedRows(instance, writer, clock);
  }

  /** Yes or no. */
  private enum Flag {
    TRUE,
    FALSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/api/v1/tenants/{tenant}/import",
            Route.Access.WRITE_TENANT,
            doc("Writes the labelled texts of a file as a tenant's examples, or previews it"),
            call -> reply(call, Optional.of(call.tenant()))),
        Route.post(
            "/api/v1/import",
            Route.Access.WRITE,
            doc("Writes the labelled texts of a file that names tenants, or previews it"),
            call -> reply(call, Optional.empty())));
  }

  private static Route.Doc doc(String summary) {
    return new Route.Doc(
        summary,
        List.of(PARAMETERS),
        Optional.of(Route.TextFile.class),
        200,
        Optional.of(Imports.Report.class));
  }

  private Reply reply(Call call, Optional<String> tenant) {
    if (!places.tryAcquire()) {
      throw ProblemException.retryable(
          ErrorCode.OVERLOADED,
          "expected at most %d imports at a time, found one more".formatted(MAX_AT_A_TIME),
          RETRY_MILLIS);
    }
    try (LabelledFile file = LabelledFile.open(call.file(), FILE, form(call, tenant), limits())) {
      return Reply.ok(report(call, tenant, file));
    } catch (DataFormatException e) {
      throw ProblemException.of(ErrorCode.INVALID, e.getMessage());
    } catch (IOException e) {
      throw ProblemException.of(ErrorCode.TOO_SLOW, "body: expected a whole file, found a part");
    } finally {
      places.release();
    }
  }

  private Imports.Report report(Call call, Optional<String> tenant, LabelledFile file)
      throws IOException {
    boolean preview = flag(call, "preview").orElse(false);
    FileInspection inspection = new FileInspection(file.shape());
    ImportedRows.Import rows = imported.begin(tenant, call.grant(), preview);
    Optional<String> stopped = Optional.empty();
    try {
      try {
        for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
          rows.take(row.get(), inspection);
        }
      } finally {
        rows.finish(inspection);
      }
    } catch (DataFormatException | ProblemException e) {
      if (!rows.anyWritten()) {
        throw e;
      }
      // What was written stays, so the caller is told of it.
      stopped = Optional.of(e.getMessage());
    }
    return ImportReport.of(
        inspection.preview(), preview, stopped, instance.config().engine().memory());
  }

  private DataLimits limits() {
    Limits limits = instance.config().engine().limits();
    return new DataLimits(
        limits.idLength(),
        limits.labelLength(),
        limits.longestText(),
        instance.config().engine().memory().labelsPerTenant());
  }

  private static FileForm form(Call call, Optional<String> tenant) {
    try {
      return new FileForm(
          call.parameter("format")
              .map(
                  word ->
                      FileFormat.of(word)
                          .orElseThrow(
                              () ->
                                  new IllegalArgumentException(
                                      "format: expected one of %s, found '%s'"
                                          .formatted(List.of(FileFormat.values()), word)))),
          call.parameter("separator").map(FileForm::separator),
          flag(call, "header"),
          call.parameter("columns").map(FileForm::columns).orElse(Map.of()),
          tenant);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw ProblemException.ofField(
          ErrorCode.INVALID, message.substring(0, message.indexOf(':')), message);
    }
  }

  private static Optional<Boolean> flag(Call call, String name) {
    return call.parameter(name).map(text -> call.word(name, Flag.FALSE, Flag.class) == Flag.TRUE);
  }
}
