package dev.hyperflow.app.cli;

import dev.hyperflow.app.tenant.LabelEditing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hyperflow tenant relabel}. */
@Command(
    name = "relabel",
    description = {
      "Gives an example another label: sends its event again with that label.",
      "Waits for the effect. The example keeps its text, features, weight and times."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class TenantRelabelCommand extends LabelVerb {

  @Parameters(paramLabel = "EVENT", description = "The event id of the example.")
  private String eventId;

  @Parameters(paramLabel = "LABEL", description = "Its new label.")
  private String label;

  @Override
  LabelEditing.Done edit(LabelEditing editing, String name) throws InterruptedException {
    return editing.relabel(name, checked("EVENT", eventId), checked("LABEL", label));
  }
}
