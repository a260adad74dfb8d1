package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.view.SuspectTables;
import dev.hyperflow.server.json.Tenants;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hyperflow tenant suspects}. */
@Command(
    name = "suspects",
    description = {
      "Lists what looks wrong in a tenant's labels: examples that the other examples contradict, the"
          + " most surprising first; texts with two labels; labels whose names look alike.",
      "'tenant relabel' and 'tenant retract' correct an example, 'tenant merge-labels' makes two"
          + " labels one."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class TenantSuspectsCommand implements Callable<Integer> {
  private static final int MAX_LIMIT = 1_000;

  @Spec private CommandSpec spec;
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
  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws InterruptedException {
    common.logWhenVerbose();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ParameterException(
          spec.commandLine(), "--limit: expected 1 to %d, found %d".formatted(MAX_LIMIT, limit));
    }
    String name = api.checked(tenant.name());
    Tenants.Suspects suspects = api.api().suspects(name, limit);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.textOf(suspects));
    } else {
      out.print(SuspectTables.of(suspects, Colours.ofOutput()));
      out.flush();
    }
    return 0;
  }
}
