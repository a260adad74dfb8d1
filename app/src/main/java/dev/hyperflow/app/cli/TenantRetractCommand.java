package dev.hyperflow.app.cli;

import dev.hyperflow.app.tenant.LabelEditing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hyperflow tenant retract}. */
@Command(
    name = "retract",
    description = {"Takes an example back, as if it had never been there. Waits for the effect."},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class TenantRetractCommand extends LabelVerb {

  @Parameters(paramLabel = "EVENT", description = "The event id of the example.")
  private String eventId;

  @Override
  LabelEditing.Done edit(LabelEditing editing, String name) throws InterruptedException {
    return editing.retract(name, checked("EVENT", eventId));
  }
}
