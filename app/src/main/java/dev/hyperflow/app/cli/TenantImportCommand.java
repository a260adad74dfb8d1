package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.tenant.SupportFile;
import dev.hyperflow.app.tenant.TenantImport;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.json.Write;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow tenant import}. */
@Command(
    name = "import",
    description = {
      "Sends the lines of an export, or your own lines of that form, to a tenant, in order. Checks"
          + " all lines before it sends the first.",
      "Events are known by their ids, so you may repeat an import. Other examples of the tenant"
          + " stay."
    },
    sortOptions = false)
final class TenantImportCommand extends Verb {

  @Mixin private TenantArgument tenant;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      required = true,
      description = "The lines, JSON in UTF-8.")
  private Path file;

  @Option(
      names = "--wait",
      description = "Waits until the tenant's memory shows everything; prints its fingerprint.")
  private boolean wait;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    String name = api.checked(tenant.name());
    SupportFile events = read();
    TenantImport copying = new TenantImport(api.api());
    PrintWriter out = out();
    Write.SupportWritten last = copying.send(name, events);
    out.printf(
        "Sent %s to %s, the last at %s:%d:%d.%n",
        Cells.count(events.size(), "support event"),
        Printable.of(name),
        last.topic(),
        last.partition(),
        last.offset());
    out.flush();
    if (wait) {
      TenantImport.Seen seen = copying.await(name, events);
      out.printf(
          "%s has %s, fingerprint %s.%n",
          Printable.of(name), Cells.count(seen.examples(), "example"), seen.fingerprint());
      if (seen.expired() > 0) {
        out.printf("Past their time and left out: %,d of the file.%n", seen.expired());
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  private SupportFile read() {
    try {
      return SupportFile.read(file);
    } catch (IOException e) {
      throw usage("--from: expected a readable file, found " + file, e);
    } catch (IllegalArgumentException e) {
      throw usage(file + ": " + e.getMessage(), e);
    }
  }
}
