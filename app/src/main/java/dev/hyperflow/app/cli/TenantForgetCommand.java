package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.tenant.TenantForgetting;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.json.Write;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow tenant forget}. */
@Command(
    name = "forget",
    description = {
      "Forgets a tenant: examples, settings, remembered queries and quality. Waits until nothing is"
          + " left and prints the place of the event.",
      "Asks first. Records in topics stay: see docs/operations.md."
    },
    sortOptions = false)
final class TenantForgetCommand extends Verb {

  @Mixin private TenantArgument tenant;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "One JSON object; needs --yes.")
  private boolean json;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    if (json && !yes) {
      throw usage("--json: expected --yes, because --json does not ask, found none");
    }
    String name = api.checked(tenant.name());
    if (!yes && !Colours.isTerminal()) {
      throw usage(
          "forget: expected a terminal to ask whether to forget, found none. --yes forgets");
    }
    TenantApi tenants = api.api();
    PrintWriter out = out();
    if (!yes && !confirmed(name, tenants)) {
      out.println("Nothing was forgotten.");
      return ExitCode.OK;
    }
    print(new TenantForgetting(tenants, InstantSource.system()).forget(name), out);
    return ExitCode.OK;
  }

  private boolean confirmed(String name, TenantApi tenants) throws InterruptedException {
    long entries = tenants.remains(name).entries();
    if (entries == 0) {
      tenants.detail(name); // says that nothing is known of it
    }
    Optional<Tenants.Detail> detail = tenants.known(name);
    return agreed(
        "Forget %s, %s of %s, %,d entries in all partitions?"
            .formatted(
                Printable.of(name),
                Cells.count(detail.map(Tenants.Detail::examples).orElse(0), "example"),
                Cells.count(detail.map(Tenants.Detail::labels).orElse(0), "label"),
                entries));
  }

  private void print(TenantForgetting.Proof proof, PrintWriter out) {
    Write.SupportWritten written = proof.written();
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("tenant", proof.tenant());
      node.put("eventId", written.eventId());
      node.put("topic", written.topic());
      node.put("partition", written.partition());
      node.put("offset", written.offset());
      node.put("known", false);
      node.put("partitions", proof.partitions());
      node.put("unknownAt", proof.unknownAt().toString());
      out.println(Json.text(node));
      return;
    }
    out.printf("Forgotten     %s%n", Printable.of(proof.tenant()));
    out.printf("Acknowledged  %s:%d:%d%n", written.topic(), written.partition(), written.offset());
    out.printf("Event id      %s%n", Printable.of(written.eventId()));
    out.printf(
        "Unknown       since %s at the latest, in all %d partitions%n",
        proof.unknownAt(), proof.partitions());
    out.flush();
  }
}
