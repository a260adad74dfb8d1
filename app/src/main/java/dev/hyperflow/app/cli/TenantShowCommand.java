package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.TenantTables;
import dev.hyperflow.server.json.Tenants;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow tenant show}. */
@Command(
    name = "show",
    description =
        "Shows a tenant: labels with counts, support set and head, bundle, settings, live quality.",
    sortOptions = false)
final class TenantShowCommand extends Verb {

  private static final int MAX_EXAMPLES = 1_000;

  @Mixin private TenantArgument tenant;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "0",
      description = "Adds the newest examples with their texts, at most 1,000. Default: 0.")
  private int examples;

  @Option(
      names = "--json",
      description = "One JSON object, as the API gives it, and the head and examples.")
  private boolean json;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    requireRange("--examples", examples, 0, MAX_EXAMPLES);
    String name = api.checked(tenant.name());
    TenantApi tenants = api.api();
    Tenants.Detail detail = tenants.detailAnywhere(name);
    Optional<Tenants.Head> head = tenants.head(name);
    Optional<Tenants.Examples> newest =
        examples == 0 ? Optional.empty() : Optional.of(tenants.examples(name, examples));
    PrintWriter out = out();
    if (json) {
      ObjectNode tree = (ObjectNode) Json.parse(Json.textOf(detail));
      tree.set("head", head.map(found -> Json.parse(Json.textOf(found))).orElse(null));
      newest.ifPresent(found -> tree.set("newest", Json.parse(Json.textOf(found))));
      out.println(Json.text(tree));
    } else {
      out.print(TenantTables.detail(detail, head, Colours.ofOutput()));
      newest.ifPresent(found -> out.print(TenantTables.examples(found, Colours.ofOutput())));
      out.flush();
    }
    return ExitCode.OK;
  }
}
