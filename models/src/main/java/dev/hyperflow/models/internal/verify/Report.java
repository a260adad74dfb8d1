package dev.hyperflow.models.internal.verify;

import java.util.List;

/**
 * What all checks found.
 *
 * @param location where the bundle is
 * @param id its id; empty if its files could not be read
 * @param findings one for each check, in the order they ran
 */
public record Report(String location, String id, List<Finding> findings) {

  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether no check failed. */
  public boolean ok() {
    return findings.stream().noneMatch(finding -> finding.status() == Finding.Status.FAILED);
  }
}
