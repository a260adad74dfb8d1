package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.LabelEditing;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.json.Write;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that edits the labels of a tenant, waits for the effect and says what it was. */
abstract class LabelVerb extends Verb {

  @Mixin private TenantArgument tenant;

  @Option(names = "--json", description = "One JSON object: written, tenant.")
  private boolean json;

  @Mixin private ApiOptions api;

  /** Edits the labels of a tenant. */
  abstract LabelEditing.Done edit(LabelEditing editing, String name) throws InterruptedException;

  /** A name as it can be sent. */
  final String checked(String field, String value) {
    if (value.isBlank()) {
      throw usage(field + ": expected a name, found a blank one");
    }
    return value;
  }

  @Override
  final ExitCode run() throws InterruptedException {
    String name = api.checked(tenant.name());
    LabelEditing.Done done = edit(new LabelEditing(api.api()), name);
    PrintWriter out = out();
    if (json) {
      out.println(Json.textOf(done));
      return ExitCode.OK;
    }
    Write.SupportWritten written = done.written();
    out.printf("Acknowledged  %s:%d:%d%n", written.topic(), written.partition(), written.offset());
    out.printf("Event id      %s%n", Printable.of(written.eventId()));
    out.printf(
        "Support set   %s, %s, fingerprint %s%n",
        Cells.count(done.tenant().examples(), "example"),
        Cells.count(done.tenant().labels(), "label"),
        done.tenant().fingerprint());
    out.flush();
    return ExitCode.OK;
  }
}
