package dev.hyperflow.app.tenant;

import dev.hyperflow.server.json.Write;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a tenant's support set and settings as lines of JSON. */
public final class TenantExport {
  private final TenantApi api;

  /** An export over an API. */
  public TenantExport(TenantApi api) {
    this.api = api;
  }

  /**
   * What was written.
   *
   * @param lines so many support events
   * @param fingerprint of the support set
   */
  public record Written(int lines, String fingerprint) {}

  /**
   * Writes lines.
   *
   * @throws ApiException when nothing is known of the tenant, when it cannot be read, or when not
   *     all could be written
   */
  public Written to(PrintWriter out, String tenant) throws InterruptedException {
    TenantApi.SupportSet support = api.support(tenant);
    support.events().forEach(event -> out.write(line(event)));
    if (out.checkError()) {
      throw new ApiException(
          ApiException.Kind.FAILED,
          "output: expected to take all lines, found that it is full or closed");
    }
    return new Written(support.events().size(), support.fingerprint());
  }

  /**
   * Writes a file, which is whole or is not there.
   *
   * @throws ApiException when nothing is known of the tenant, or it cannot be read
   * @throws IOException when the file cannot be written
   */
  public Written to(Path file, String tenant) throws IOException, InterruptedException {
    TenantApi.SupportSet support = api.support(tenant);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        for (Write.Support event : support.events()) {
          out.write(line(event));
        }
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return new Written(support.events().size(), support.fingerprint());
  }

  private static String line(Write.Support event) {
    return SupportLine.write(event) + "\n";
  }
}
