package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.tenant.TenantExport;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.engine.internal.files.FileFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow tenant export}. */
@Command(
    name = "export",
    description = {
      "Writes a tenant's support set and settings as support events, one JSON line each. POST"
          + " /api/v1/tenants/{tenant}/support accepts these lines.",
      "With --format, writes labels and texts alone; 'hyperflow import' reads them.",
      "Needs a token of scope write, because features can reveal what texts were about."
    },
    sortOptions = false)
final class TenantExportCommand extends Verb {

  @Mixin private TenantArgument tenant;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Writes to this file and replaces its content.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Labels, texts and event ids as tsv, csv, jsonl, label-studio, argilla or rasa. Default:"
              + " support events.")
  private String format;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    String name = api.checked(tenant.name());
    TenantExport export = new TenantExport(api.api(), format());
    TenantExport.Written written = file == null ? export.to(out(), name) : toFile(export, name);
    PrintWriter err = err();
    err.printf(
        "Wrote %s of %s, fingerprint %s.%n",
        Cells.count(written.lines(), format == null ? "support event" : "labelled text"),
        Printable.of(name),
        written.fingerprint());
    if (written.leftOut() > 0) {
      err.printf(
          "Left out %s: no text is kept, or the format cannot hold it.%n",
          Cells.count(written.leftOut(), "example"));
    }
    err.flush();
    return ExitCode.OK;
  }

  private Optional<FileFormat> format() {
    try {
      return Optional.ofNullable(format).map(FileOptions::formatOf);
    } catch (IllegalArgumentException e) {
      throw usage("--" + e.getMessage(), e);
    }
  }

  private TenantExport.Written toFile(TenantExport export, String name)
      throws InterruptedException {
    try {
      return export.to(file, name);
    } catch (IOException e) {
      throw usage("--to: expected a file that can be written, found: " + e, e);
    }
  }
}
