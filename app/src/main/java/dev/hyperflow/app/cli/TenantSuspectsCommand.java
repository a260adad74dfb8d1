package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.view.SuspectTables;
import dev.hyperflow.server.json.Tenants;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow tenant suspects}. */
@Command(
    name = "suspects",
    description = {
      "Lists what looks wrong in a tenant's labels: examples that the other examples contradict, the"
          + " most surprising first; texts with two labels; labels whose names look alike.",
      "'tenant relabel' and 'tenant retract' correct an example, 'tenant merge-labels' makes two"
          + " labels one."
    },
    sortOptions = false)
final class TenantSuspectsCommand extends Verb {
  private static final int MAX_LIMIT = 1_000;

  @Mixin private TenantArgument tenant;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of each. Default: 20.")
  private int limit;

  @Option(names = "--json", description = "One JSON object, as the API gives it.")
  private boolean json;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    requireRange("--limit", limit, 1, MAX_LIMIT);
    String name = api.checked(tenant.name());
    Tenants.Suspects suspects = api.api().suspects(name, limit);
    PrintWriter out = out();
    if (json) {
      out.println(Json.textOf(suspects));
    } else {
      out.print(SuspectTables.of(suspects, Colours.ofOutput()));
      out.flush();
    }
    return ExitCode.OK;
  }
}
