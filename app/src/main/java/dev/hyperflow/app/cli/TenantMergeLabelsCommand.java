package dev.hyperflow.app.cli;

import dev.hyperflow.app.tenant.LabelEditing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hyperflow tenant merge-labels}. */
@Command(
    name = "merge-labels",
    description = {
      "Makes the examples of a label examples of another one. Waits for the effect.",
      "Of two descriptions, the later one stays. There is no way back."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class TenantMergeLabelsCommand extends LabelVerb {

  @Parameters(paramLabel = "LABEL", description = "The label that goes.")
  private String label;

  @Parameters(paramLabel = "INTO", description = "The label that takes its examples.")
  private String target;

  @Override
  LabelEditing.Done edit(LabelEditing editing, String name) throws InterruptedException {
    return editing.merge(name, checked("LABEL", label), checked("INTO", target));
  }
}
