package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.FileImport;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.ImportTables;
import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.files.FilePreview;
import dev.hyperflow.engine.internal.files.FileRow;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperflow import}. */
@Command(
    name = "import",
    description = {
      "Sends labelled texts to a running application: TSV, CSV, JSON lines, exports of Label Studio"
          + " and Argilla, nlu.yml of Rasa. A tenant that is not known yet begins with its first"
          + " text.",
      "Shows first what the file holds. Asks when something looks wrong; without a terminal, --yes"
          + " answers.",
      "The id of an event comes from its text, so the same file twice changes nothing."
    },
    sortOptions = false)
final class ImportCommand extends Verb {
  private static final int BAR = 30;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of labelled texts.")
  private List<Path> files;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Whose texts they are, known or new. Default: the files name tenants.")
  private String tenant;

  @Mixin private FileOptions form;

  @Option(names = "--dry-run", description = "Shows what the files hold, and sends nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask when something looks wrong.")
  private boolean yes;

  @Option(
      names = "--from-line",
      paramLabel = "N",
      defaultValue = "1",
      description = "Goes on with one file at this line, where an import has stopped.")
  private long fromLine;

  @Option(
      names = "--wait",
      description = "Waits until the tenants show their last text, and prints their examples.")
  private boolean wait;

  @Option(names = "--json", description = "One JSON object for each file; does not ask.")
  private boolean json;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    if (fromLine < 1 || (fromLine > 1 && files.size() > 1)) {
      throw usage("--from-line: expected a line of one file, found " + fromLine);
    }
    Optional<String> name = Optional.ofNullable(tenant).map(api::checked);
    FileImport imports = new FileImport(form.form(name), limits());
    ImportTables tables = new ImportTables(Colours.ofOutput(), Printable::of);
    PrintWriter out = out();
    List<Path> wanted = new ArrayList<>();
    for (Path file : files) {
      FilePreview found = look(imports, file);
      if (json && dryRun) {
        out.println(Json.text(preview(file, found)));
      } else if (!json) {
        tables.preview(Printable.of(file.toString()), found).forEach(out::println);
        out.println();
      }
      out.flush();
      if (!dryRun && isWanted(found, out)) {
        wanted.add(file);
      }
    }
    ExitCode code = ExitCode.OK;
    TenantApi application = dryRun ? null : api.api();
    for (Path file : wanted) {
      if (send(imports, application, file, tables).taken() == 0) {
        code = ExitCode.FAILED;
      }
    }
    return code;
  }

  private DataLimits limits() {
    EngineSettings engine =
        api.configuration()
            .orElseGet(
                () ->
                    ApplicationConfig.of(
                        Map.of(
                            "bootstrap.servers", "none:1", "schema.registry.url", "http://none")))
            .engine();
    return new DataLimits(
        engine.limits().idLength(),
        engine.limits().labelLength(),
        engine.limits().longestText(),
        engine.memory().labelsPerTenant());
  }

  private FilePreview look(FileImport imports, Path file) {
    try {
      return imports.look(file);
    } catch (DataFormatException e) {
      String message = Printable.of(e.getMessage());
      throw usage(message.contains(":1: tenant: ") ? message + "; --tenant gives one" : message);
    } catch (NoSuchFileException e) {
      throw usage(file + ": no such file");
    } catch (IOException e) {
      throw usage("FILE: expected a readable file, found " + file);
    }
  }

  private boolean isWanted(FilePreview found, PrintWriter out) {
    if (found.counts().taken() == 0) {
      throw usage("FILE: expected labelled texts, found none that can be used");
    }
    if (yes || !found.looksWrong()) {
      return true;
    }
    if (json || !Colours.isTerminal()) {
      throw usage("FILE: expected one in which nothing looks wrong; --yes imports it all the same");
    }
    boolean wanted =
        agreed("Import %s all the same?".formatted(Cells.count(found.counts().taken(), "text")));
    if (!wanted) {
      out.println("Nothing was imported.");
    }
    return wanted;
  }

  private FileImport.Sent send(
      FileImport imports, TenantApi application, Path file, ImportTables tables)
      throws InterruptedException {
    PrintWriter out = out();
    FileImport.Sent sent;
    try {
      sent = imports.send(application, file, fromLine, this::show);
    } catch (DataFormatException e) {
      throw usage(Printable.of(e.getMessage()));
    } catch (IOException e) {
      throw usage("FILE: expected a readable file, found " + file);
    }
    if (json) {
      out.println(Json.text(report(file, sent)));
    } else {
      out.printf(
          "Imported %s of %s from %s%s%n",
          Cells.count(sent.taken(), "text"),
          Cells.count(sent.last().size(), "tenant"),
          Printable.of(file.toString()),
          sent.refused() == 0 ? "." : "; the application refused %,d:".formatted(sent.refused()));
      tables.refusals(sent.refusals(), sent.refused()).forEach(out::println);
    }
    if (wait) {
      for (Map.Entry<String, String> last : sent.last().entrySet()) {
        TenantApi.SupportSet set = imports.await(application, last.getKey(), last.getValue());
        if (!json) {
          out.printf(
              "%s has %s, fingerprint %s.%n",
              Printable.of(last.getKey()),
              Cells.count(set.events().size() - 1, "example"),
              set.fingerprint());
        }
      }
    }
    out.flush();
    return sent;
  }

  private void show(double share, long line) {
    if (json || !Colours.isTerminal()) {
      return;
    }
    int full = (int) (share * BAR);
    PrintWriter err = err();
    err.printf(
        Locale.ROOT,
        "\r[%s%s] %3.0f %%  line %,d%s",
        "#".repeat(full),
        " ".repeat(BAR - full),
        share * 100,
        line,
        share >= 1 ? System.lineSeparator() : "");
    err.flush();
  }

  private static ObjectNode preview(Path file, FilePreview found) {
    ObjectNode node = (ObjectNode) Json.parse("{}");
    node.put("file", file.toString());
    node.put("preview", true);
    node.put("format", found.shape().format().toString());
    node.put("encoding", found.shape().encoding());
    found.shape().separator().ifPresent(sign -> node.put("separator", String.valueOf(sign)));
    FilePreview.Counts counts = found.counts();
    node.put("rows", counts.rows());
    node.put("taken", counts.taken());
    node.put("repeated", counts.repeated());
    node.put("unlabelled", counts.unlabelled());
    node.put("refused", counts.refused());
    for (FilePreview.Tenant tenant : found.tenants()) {
      ObjectNode labels = node.withObject("tenants").putObject(tenant.name());
      tenant.labels().forEach(label -> labels.put(label.name(), label.rows()));
    }
    found
        .findings()
        .forEach(
            finding ->
                node.withArray("findings")
                    .addObject()
                    .put("kind", finding.kind().name())
                    .put("wrong", finding.kind().isWrong())
                    .put("message", finding.message())
                    .put("count", finding.count()));
    addRefusals(node, found.refusals());
    return node;
  }

  private static ObjectNode report(Path file, FileImport.Sent sent) {
    ObjectNode node = (ObjectNode) Json.parse("{}");
    node.put("file", file.toString());
    node.put("preview", false);
    node.put("taken", sent.taken());
    node.put("refused", sent.leftOut().count() + sent.refused());
    sent.last().keySet().forEach(node.putArray("tenants")::add);
    addRefusals(
        node,
        Stream.concat(sent.leftOut().first().stream(), sent.refusals().stream())
            .sorted(Comparator.comparingLong(FileRow.Refused::line))
            .toList());
    return node;
  }

  private static void addRefusals(ObjectNode node, List<FileRow.Refused> refusals) {
    refusals.forEach(
        refusal ->
            node.withArray("refusals")
                .addObject()
                .put("line", refusal.line())
                .put("reason", refusal.reason()));
  }
}
