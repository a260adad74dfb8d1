package dev.hyperflow.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Where a report goes.
 *
 * @param directory gets the files of the report
 * @param pages Markdown pages that have a {@link MarkedSection} for it
 */
public record Destination(Path directory, List<Path> pages) {

  public Destination {
    pages = List.copyOf(pages);
  }

  /**
   * Creates the directory and checks the pages, before the work of hours begins.
   *
   * @param sections at least one
   * @throws dev.hyperflow.engine.internal.texts.DataFormatException if a page has none of them
   */
  public void prepare(List<MarkedSection> sections) throws IOException {
    Files.createDirectories(directory);
    for (Path page : pages) {
      MarkedSection.of(page, sections);
    }
  }

  /** Writes a text file into the directory. */
  public void write(String file, String content) throws IOException {
    Files.writeString(directory.resolve(file), content);
  }

  /** Replaces those of the sections that a page has, on every page. */
  public void replace(List<MarkedSection> sections, Function<MarkedSection, Document> content)
      throws IOException {
    for (Path page : pages) {
      for (MarkedSection section : MarkedSection.of(page, sections)) {
        section.replace(page, content.apply(section).markdownSection());
      }
    }
  }
}
