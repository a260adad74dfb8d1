package dev.hyperflow.app.cli;

import dev.hyperflow.app.tenant.LabelEditing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hyperflow tenant rename-label}. */
@Command(
    name = "rename-label",
    description = {
      "Gives a label of a tenant a new name, which no label of it has. Waits for the effect.",
      "What is remembered is what it would be had the label had that name from the start."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class TenantRenameLabelCommand extends LabelVerb {

  @Parameters(paramLabel = "LABEL", description = "The label.")
  private String label;

  @Parameters(paramLabel = "NEW", description = "Its new name.")
  private String target;

  @Override
  LabelEditing.Done edit(LabelEditing editing, String name) throws InterruptedException {
    return editing.rename(name, checked("LABEL", label), checked("NEW", target));
  }
}
