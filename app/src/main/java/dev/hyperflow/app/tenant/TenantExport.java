package dev.hyperflow.app.tenant;

import dev.hyperflow.engine.internal.files.FileFormat;
import dev.hyperflow.engine.internal.files.LabelledWriter;
import dev.hyperflow.server.json.Write;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Writes a tenant's support set and settings as lines of JSON, or its texts as a file of texts. */
public final class TenantExport {
  private final TenantApi api;
  private final Optional<FileFormat> format;

  /**
   * An export over an API.
   *
   * @param format of texts and labels alone; empty: all that makes the tenant again
   */
  public TenantExport(TenantApi api, Optional<FileFormat> format) {
    this.api = api;
    this.format = format;
  }

  /**
   * What was written.
   *
   * @param lines so many support events
   * @param leftOut examples without a kept text, or that the format cannot hold
   * @param fingerprint of the support set
   */
  public record Written(int lines, int leftOut, String fingerprint) {}

  /**
   * Writes to an output.
   *
   * @throws ApiException when nothing is known of the tenant, when it cannot be read, or when not
   *     all could be written
   */
  public Written to(PrintWriter out, String tenant) throws InterruptedException {
    try {
      Written written = write(out, tenant);
      if (!out.checkError()) {
        return written;
      }
    } catch (IOException e) {
      throw full(e);
    }
    throw full(null);
  }

  private static ApiException full(IOException cause) {
    return new ApiException(
        ApiException.Kind.FAILED,
        "output: expected to take all lines, found that it is full or closed",
        cause);
  }

  /**
   * Writes a file, which is whole or is not there. What exists and is no file, such as a pipe or a
   * device, takes the lines as they come; a link stays, and what it leads to is written.
   *
   * @throws ApiException when nothing is known of the tenant, or it cannot be read
   * @throws IOException when the file cannot be written
   */
  public Written to(Path file, String tenant) throws IOException, InterruptedException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
        return write(out, tenant);
      }
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Written written;
      try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        written = write(out, tenant);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Written write(Writer out, String tenant) throws IOException, InterruptedException {
    TenantApi.SupportSet support = api.support(tenant);
    if (format.isEmpty()) {
      for (Write.Support event : support.events()) {
        out.write(SupportLine.write(event) + "\n");
      }
      return new Written(support.events().size(), 0, support.fingerprint());
    }
    List<Write.Support> examples =
        support.events().stream()
            .filter(event -> event.operation() == Write.Operation.ADD)
            .toList();
    List<LabelledWriter.Line> lines =
        examples.stream()
            .filter(
                event -> event.text() != null && LabelledWriter.canHold(format.get(), event.text()))
            .map(event -> new LabelledWriter.Line(event.eventId(), event.label(), event.text()))
            .toList();
    LabelledWriter.write(format.get(), lines, out);
    return new Written(lines.size(), examples.size() - lines.size(), support.fingerprint());
  }
}
