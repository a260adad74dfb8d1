package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;

/** {@code hyperflow tenant}. */
@Command(
    name = "tenant",
    description = "Shows, copies, corrects and forgets tenants of a running application.",
    subcommands = {
      TenantListCommand.class,
      TenantShowCommand.class,
      TenantExportCommand.class,
      TenantImportCommand.class,
      TenantSuspectsCommand.class,
      TenantRelabelCommand.class,
      TenantRetractCommand.class,
      TenantRenameLabelCommand.class,
      TenantMergeLabelsCommand.class,
      TenantForgetCommand.class
    },
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {"", "A tenant whose name begins with a dash comes after '--', as the last word."})
final class TenantCommand extends VerbGroup {}
