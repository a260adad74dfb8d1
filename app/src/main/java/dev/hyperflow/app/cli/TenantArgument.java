package dev.hyperflow.app.cli;

import picocli.CommandLine.Parameters;

/** The tenant that a verb is about. */
final class TenantArgument {

  @Parameters(
      paramLabel = "TENANT",
      description = "The tenant. Write '--' before a name that begins with a dash.")
  private String tenant;

  String name() {
    return tenant;
  }
}
