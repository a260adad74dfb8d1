package dev.hyperflow.training.data;

import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.Finding;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.models.internal.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One set of labelled texts, in the order of its file; each text once, with the label it had first.
 *
 * @param name file name without its ending; with a slash and the tenant where files name tenants
 * @param texts at least one, all labelled
 * @param hash SHA-256 of labels and texts in order, 64 lower-case hex digits
 */
public record LabelledTexts(String name, List<Utterance> texts, String hash) {

  /** What is taken of a directory, where other files may lie, too. */
  private static final List<String> OF_DIRECTORIES = List.of(".tsv", ".csv", ".jsonl");

  private static final Pattern SUFFIX = Pattern.compile("\\.(?:tsv|csv|txt|jsonl|json|ya?ml)$");
  private static final DataLimits LIMITS = new DataLimits(256, 256, 65_536, 65_536);

  public LabelledTexts {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("texts: expected at least one, found none");
    }
  }

  /** A set of these texts, which are labelled and differ from each other. */
  public static LabelledTexts of(String name, List<Utterance> texts) {
    return new LabelledTexts(name, texts, hash(texts));
  }

  /**
   * Reads sets from files of labelled texts and from directories, whose {@code .tsv}, {@code .csv}
   * and {@code .jsonl} files are taken in the order of their names. Where a file names tenants,
   * each is a set of its own. Lines with the label {@code -} are skipped.
   *
   * @throws DataFormatException if something cannot be used; the message names the file and, if
   *     any, the line
   */
  public static List<LabelledTexts> readAll(List<Path> locations) {
    List<LabelledTexts> sets = new ArrayList<>();
    Map<String, Path> origins = new LinkedHashMap<>();
    for (Path file : files(locations)) {
      for (LabelledTexts set : read(file)) {
        Path other = origins.put(set.name(), file);
        if (other != null) {
          throw new DataFormatException(
              "%s: expected a name of its own, found that of %s".formatted(file, other));
        }
        sets.add(set);
      }
    }
    return sets;
  }

  /** Number of all lines of the files that {@link #readAll} reads. */
  public static long countLines(List<Path> locations) {
    long count = 0;
    for (Path file : files(locations)) {
      try (Stream<String> lines = Files.lines(file)) {
        count += lines.count();
      } catch (IOException e) {
        throw new DataFormatException(file + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return count;
  }

  private static List<Path> files(List<Path> locations) {
    return locations.stream().flatMap(location -> files(location).stream()).toList();
  }

  private static List<Path> files(Path location) {
    if (!Files.isDirectory(location)) {
      return List.of(location);
    }
    try (Stream<Path> entries = Files.list(location)) {
      List<Path> files =
          entries
              .filter(file -> OF_DIRECTORIES.stream().anyMatch(file.toString()::endsWith))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new DataFormatException(
            "%s: expected files %s, found none".formatted(location, OF_DIRECTORIES));
      }
      return files;
    } catch (IOException e) {
      throw new DataFormatException(location + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<LabelledTexts> read(Path file) {
    Map<String, Map<String, Utterance>> tenants = new LinkedHashMap<>();
    LabelledFile.Content content = LabelledFile.read(file, FileForm.UNKNOWN, LIMITS);
    if (content.findings().stream().anyMatch(f -> f.kind() == Finding.Kind.HEADER_AS_DATA)) {
      throw new DataFormatException(
          file
              + ": expected a labelled text in the first row, found what looks like names of columns;"
              + " call them 'label' and 'text', or leave the row out");
    }
    for (Utterance line : content.utterances()) {
      if (line.isLabelled()) {
        tenants
            .computeIfAbsent(line.tenant(), tenant -> new LinkedHashMap<>())
            .putIfAbsent(line.text(), line);
      }
    }
    if (tenants.isEmpty()) {
      throw new DataFormatException(file + ": expected at least one labelled line, found none");
    }
    String base = String.valueOf(file.getFileName());
    String name = SUFFIX.matcher(base).replaceFirst("");
    List<LabelledTexts> sets = new ArrayList<>();
    tenants.forEach(
        (tenant, texts) ->
            sets.add(
                of(
                    tenant.equals(FileForm.DEFAULT_TENANT) ? name : name + "/" + tenant,
                    List.copyOf(texts.values()))));
    return sets;
  }

  private static String hash(List<Utterance> texts) {
    StringBuilder lines = new StringBuilder();
    texts.forEach(text -> lines.append(text.label()).append('\t').append(text.text()).append('\n'));
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
