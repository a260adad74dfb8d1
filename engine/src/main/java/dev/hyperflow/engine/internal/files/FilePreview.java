package dev.hyperflow.engine.internal.files;

import java.util.List;

/**
 * What a file holds, and what looks wrong in it.
 *
 * @param shape how it is written
 * @param counts how many rows there are
 * @param tenants in order of first appearance
 * @param first the first labelled texts
 * @param findings what looks wrong; the worst first
 * @param refusals the first rows that cannot be used
 */
public record FilePreview(
    FileShape shape,
    Counts counts,
    List<Tenant> tenants,
    List<FileRow.Read> first,
    List<Finding> findings,
    List<FileRow.Refused> refusals) {

  /**
   * Rows. All but the first component add up to it.
   *
   * @param rows all
   * @param taken labelled texts that count
   * @param repeated texts that come again with their label
   * @param unlabelled texts without a label
   * @param refused what cannot be used
   */
  public record Counts(long rows, long taken, long repeated, long unlabelled, long refused) {}

  /**
   * A tenant's part of a file.
   *
   * @param name its name
   * @param rows labelled and unlabelled texts
   * @param labels in order of first appearance
   */
  public record Tenant(String name, long rows, List<Label> labels) {}

  /**
   * A label's part of a tenant's rows.
   *
   * @param rows texts with it
   */
  public record Label(String name, long rows) {}

  /** Whether a person should look at it before it is used. */
  public boolean looksWrong() {
    return findings.stream().anyMatch(finding -> finding.kind().isWrong());
  }
}
