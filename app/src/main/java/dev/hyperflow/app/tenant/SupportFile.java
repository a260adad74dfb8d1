package dev.hyperflow.app.tenant;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of an exported tenant, all of which can be sent. Immutable. */
public final class SupportFile {
  private final List<SupportLine> lines;

  private SupportFile(List<SupportLine> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads a file; blank lines are passed over.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when a line is none that can be sent; says which and why
   */
  public static SupportFile read(Path file) throws IOException {
    List<SupportLine> lines = new ArrayList<>();
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        number++;
        if (!text.isBlank()) {
          lines.add(SupportLine.read(number, text));
        }
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "line %d: expected UTF-8, found other bytes".formatted(number + 1), e);
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("expected a line for each support event, found none");
    }
    return new SupportFile(lines);
  }

  /** How many support events there are. */
  public int size() {
    return lines.size();
  }

  List<SupportLine> lines() {
    return lines;
  }
}
