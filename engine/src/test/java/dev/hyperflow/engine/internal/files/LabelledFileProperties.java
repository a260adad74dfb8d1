package dev.hyperflow.engine.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of files: what is written is read, and nothing that is read breaks the reader. */
class LabelledFileProperties {
  private static final DataLimits LIMITS = new DataLimits(256, 256, 10_000, 1_000);

  @Property(tries = 400)
  void everyFormatGivesBackWhatWasWritten(
      @ForAll FileFormat format, @ForAll("texts") List<LabelledWriter.Line> lines)
      throws IOException {
    List<LabelledWriter.Line> held =
        lines.stream().filter(line -> LabelledWriter.canHold(format, line.text())).toList();
    if (held.isEmpty()) {
      return;
    }
    StringWriter out = new StringWriter();
    LabelledWriter.write(format, held, out);

    List<LabelledWriter.Line> read = new ArrayList<>();
    for (FileRow row : rows(out.toString().getBytes(StandardCharsets.UTF_8))) {
      assertThat(row).isInstanceOf(FileRow.Read.class);
      Utterance utterance = ((FileRow.Read) row).utterance();
      read.add(
          new LabelledWriter.Line(
              ((FileRow.Read) row).eventId(), utterance.label(), utterance.text()));
    }
    if (format == FileFormat.RASA) {
      assertThat(read).as(out.toString()).containsExactlyInAnyOrderElementsOf(held);
    } else {
      assertThat(read).as(out.toString()).isEqualTo(held);
    }
  }

  @Property(tries = 50)
  void everyFormatGivesBackTheTextsBesideOneWithANul(
      @ForAll FileFormat format, @ForAll("texts") List<LabelledWriter.Line> lines)
      throws IOException {
    List<LabelledWriter.Line> more = new ArrayList<>(lines);
    more.add(new LabelledWriter.Line("nul", "label", "hello\0you"));

    everyFormatGivesBackWhatWasWritten(format, more);
  }

  @Property(tries = 500)
  void randomBytesAreRefusedAndBreakNothing(@ForAll byte[] bytes) {
    readOrRefuse(bytes);
  }

  @Property(tries = 1_000)
  void brokenFilesAreRefusedAndBreakNothing(@ForAll("broken") String content) {
    readOrRefuse(content.getBytes(StandardCharsets.UTF_8));
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      rows(bytes);
    } catch (DataFormatException e) {
      assertThat(e.getMessage()).startsWith("data:");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<FileRow> rows(byte[] bytes) throws IOException {
    List<FileRow> rows = new ArrayList<>();
    try (LabelledFile file =
        LabelledFile.open(new ByteArrayInputStream(bytes), "data", FileForm.UNKNOWN, LIMITS)) {
      FileInspection inspection = new FileInspection(file.shape());
      for (Optional<FileRow> row = file.next(); row.isPresent(); row = file.next()) {
        inspection.add(row.get());
        rows.add(row.get());
      }
      assertThat(inspection.preview().counts().rows()).isEqualTo(rows.size());
    }
    return rows;
  }

  /** Texts with all that separators, quotes and markup are made of; without spaces around them. */
  @Provide
  Arbitrary<List<LabelledWriter.Line>> texts() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
                Arbitraries.strings()
                    .withChars("a b,;|\t\n\"'\\#-:[](){}<>&%@!*?=é€")
                    .ofMaxLength(30),
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.of("<script>x</script>", "=1+1", "- a", "\u2028", "null", "~", "1e5"))
            .map(LabelledFileProperties::usable)
            .filter(value -> !value.isBlank() && !value.equals(Utterance.UNLABELLED));
    Arbitrary<String> id = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8);
    return Combinators.combine(id, text, text)
        .as(LabelledWriter.Line::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  /**
   * No zero, no half pairs, no returns that a format may turn into line feeds, no spaces around.
   */
  private static String usable(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .filter(c -> c >= ' ' || c == '\t' || c == '\n')
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(kept::appendCodePoint);
    return kept.toString().strip();
  }

  @Provide
  Arbitrary<String> broken() {
    return Arbitraries.of(
            "text,label\n",
            "\"",
            "\t",
            "\n",
            "{\"text\":\"a\",",
            "\"label\":1}",
            "[",
            "]",
            "{",
            "}",
            "nlu:\n",
            "- intent: x\n",
            "  examples: |\n",
            "    - hi\n",
            "version: 1\n",
            "a",
            ",",
            "&a *a",
            "!!java.lang.String",
            "\uFEFF",
            "{}",
            "[{\"data\":{\"text\":[]}}",
            ": ",
            "\r",
            "'",
            "\"a\",\"b\"\n")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
