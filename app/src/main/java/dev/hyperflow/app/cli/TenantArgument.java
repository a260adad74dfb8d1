package dev.hyperflow.app.cli;

import picocli.CommandLine.Parameters;

/** The tenant that a verb is about. */
final class TenantArgument {

  @Parameters(
      paramLabel = "TENANT",
      description = "The tenant; after '--' when its name begins with a dash.")
  private String tenant;

  String name() {
    return tenant;
  }
}
