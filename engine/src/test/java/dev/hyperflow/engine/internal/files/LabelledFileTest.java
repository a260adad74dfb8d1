package dev.hyperflow.engine.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledFileTest {
  private static final DataLimits LIMITS = new DataLimits(20, 30, 60, 3);

  private static LabelledFile open(String content, Charset charset, FileForm form)
      throws IOException {
    return LabelledFile.open(
        new ByteArrayInputStream(content.getBytes(charset)), "data", form, LIMITS);
  }

  private static LabelledFile open(String content) throws IOException {
    return open(content, StandardCharsets.UTF_8, FileForm.UNKNOWN);
  }

  private static List<FileRow> rows(LabelledFile file) throws IOException {
    List<FileRow> rows = new ArrayList<>();
    Optional<FileRow> row = file.next();
    while (row.isPresent()) {
      rows.add(row.get());
      row = file.next();
    }
    return rows;
  }

  private static List<FileRow> rows(String content) throws IOException {
    return rows(open(content));
  }

  private static FileRow read(long line, String tenant, String label, String text) {
    return new FileRow.Read(line, new Utterance(tenant, label, text), Optional.empty());
  }

  private static FileRow read(long line, String label, String text) {
    return read(line, FileForm.DEFAULT_TENANT, label, text);
  }

  private static FileRow refused(long line, String reason) {
    return new FileRow.Refused(line, reason);
  }

  @Test
  void shouldReadTheOwnFormat() throws IOException {
    assertThat(rows("bank\tfees\twhy 5 euros?\n\nshop\t-\thello\n"))
        .containsExactly(read(1, "bank", "fees", "why 5 euros?"), read(3, "shop", "-", "hello"));
    assertThat(rows("fees\t\"Why\" they ask\nfees\twhy?\n"))
        .containsExactly(read(1, "fees", "\"Why\" they ask"), read(2, "fees", "why?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void shouldReadRfc4180WithAHeaderWhateverTheSeparator(String separator) throws IOException {
    String content =
        """
        "text"S"category"
        "I was charged twice, why?"S"billing"
        "They said ""no""
        on two lines"S"billing"
        plainSlogin
        """
            .replace("S", separator);
    LabelledFile file = open(content);

    assertThat(file.shape().header()).contains(List.of("text", "category"));
    assertThat(file.shape().separator()).contains(separator.charAt(0));
    assertThat(rows(file))
        .containsExactly(
            read(2, "billing", "I was charged twice, why?"),
            read(3, "billing", "They said \"no\"\non two lines"),
            read(5, "login", "plain"));
  }

  @Test
  void shouldTakeColumnsThatAreNamed() throws IOException {
    FileForm form =
        new FileForm(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            FileForm.columns("text=Nachricht,label=Gruppe,id=Nr"),
            Optional.of("tenant-1"));

    assertThat(
            rows(open("Nr;Gruppe;Nachricht\n7;a;eins\n8;b;zwei\n", StandardCharsets.UTF_8, form)))
        .containsExactly(
            new FileRow.Read(2, new Utterance("tenant-1", "a", "eins"), Optional.of("7")),
            new FileRow.Read(3, new Utterance("tenant-1", "b", "zwei"), Optional.of("8")));
    assertThatThrownBy(() -> open("a,b\nc,d\n", StandardCharsets.UTF_8, form))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("data:1: ")
        .hasMessageContaining("found");
  }

  @Test
  void shouldTakeTextsThatStandFirstAsTexts() throws IOException {
    LabelledFile file =
        open(
            "why a fee?\tfees\nno bill came\tfees\nreset it please\tlogin\nI am locked out\tlogin\n");

    assertThat(file.shape().swapped()).isTrue();
    assertThat(rows(file))
        .contains(read(1, "fees", "why a fee?"), read(4, "login", "I am locked out"));
  }

  @Test
  void shouldKeepTheOrderOfThreeColumnsUnlessTextsStandElsewhere() throws IOException {
    assertThat(
            rows(
                "a\tcard_payment_fee\tfee\na\tcard_payment_fee\tpay\nb\tlost_card\tlost\nb\tlost_card\tgone\n"))
        .contains(read(1, "a", "card_payment_fee", "fee"));
    assertThat(
            rows(
                "a\twhy a fee?\tfees\na\tno bill came\tfees\na\treset it\tlogin\na\tI am out\tlogin\n"))
        .contains(read(3, "a", "login", "reset it"));
  }

  @Test
  void shouldReadAByteOrderMarkAsNothing() throws IOException {
    assertThat(rows("\uFEFFfees\twhy?\n")).containsExactly(read(1, "fees", "why?"));
    assertThat(rows(open("\uFEFFfees\twhy \u20AC?\n", StandardCharsets.UTF_16LE, FileForm.UNKNOWN)))
        .containsExactly(read(1, "fees", "why \u20AC?"));
    assertThat(rows(open("\uFEFFfees,why?\n", StandardCharsets.UTF_16BE, FileForm.UNKNOWN)))
        .containsExactly(read(1, "fees", "why?"));
  }

  @Test
  void shouldRefuseOtherEncodingsAndBinaryFilesWithTheLine() throws IOException {
    String latin = "fees\twhy?\nfees\tcaf\u00e9\n";

    assertThatThrownBy(() -> open(latin, StandardCharsets.ISO_8859_1, FileForm.UNKNOWN))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("data:2: expected UTF-8, found other bytes; save the file as UTF-8");
    LabelledFile late =
        open("fees\twhy?\n".repeat(20_000) + latin, StandardCharsets.ISO_8859_1, FileForm.UNKNOWN);
    assertThat(late.next()).contains(read(1, "fees", "why?"));
    assertThatThrownBy(() -> rows(late)).hasMessageStartingWith("data:20002: expected UTF-8");
    assertThatThrownBy(() -> open("a\tb\nc\0d\te\n"))
        .hasMessage("data:2: expected text, found the byte 0; is it a binary file?");
    assertThatThrownBy(() -> open("PK\u0003\u0004")).hasMessageContaining("a workbook");
    assertThatThrownBy(() -> open(" \n\n"))
        .hasMessage("data: expected at least one line, found none");
  }

  @Test
  void shouldRefuseRowsAlone() throws IOException {
    assertThat(
            rows(
                "fees\twhy?\nfees\nfees\t \n"
                    + "f".repeat(31)
                    + "\twhy?\nfees\t"
                    + "w".repeat(61)
                    + "\na\tone\nb\ttwo\nc\tthree\nfees\tlast\n"))
        .containsExactly(
            read(1, "fees", "why?"),
            refused(
                2, "expected 2 columns, found 1; a text with the separator in it stands in quotes"),
            refused(3, "text: expected a value, found a blank one"),
            refused(4, "label: expected at most 30 characters, found 31"),
            refused(5, "text: expected at most 60 characters, found 61"),
            read(6, "a", "one"),
            read(7, "b", "two"),
            refused(8, "label: expected at most 3 labels of tenant tenant-1, found one more"),
            read(9, "fees", "last"));
  }

  @Test
  void shouldReadJsonLinesAndRefuseBrokenOnesAlone() throws IOException {
    LabelledFile file =
        open(
            """
            {"text": "why?", "intent": "fees", "customer": "acme"}

            {"text": "why
            {"message": "and now?", "label": 7, "event_id": "e-1"}
            {"text": "half \\ud800", "label": "x"}
            {"text": "none"}
            {"operation": "RETRACT", "targetEventId": "x"}
            """);

    assertThat(file.shape().format()).isEqualTo(FileFormat.JSONL);
    List<FileRow> rows = rows(file);
    assertThat(rows)
        .startsWith(
            read(1, "acme", "fees", "why?"),
            refused(
                3,
                "expected a JSON object with each field once, found something else at column 14"),
            new FileRow.Read(4, new Utterance("tenant-1", "7", "and now?"), Optional.of("e-1")),
            refused(5, "text: expected Unicode text, found half a surrogate pair"),
            refused(6, "label: expected a field with the label, found none"));
    assertThat(rows.get(5).toString()).contains("found operation RETRACT");
  }

  @Test
  void shouldReadAllOfArraysThatFollowEachOther() throws IOException {
    assertThat(
            rows(
                """
                [{"text": "why?", "label": "fees"}]
                [{"text": "when?", "label": "cards"},
                 ["when?", "cards"]]
                {"text": "where?", "label": "cards"}
                """))
        .containsExactly(
            read(1, "fees", "why?"),
            read(2, "cards", "when?"),
            refused(3, "expected a JSON object, found another value"),
            read(4, "cards", "where?"));
  }

  @Test
  void shouldNotChooseBetweenTwoFieldsOfOneName() throws IOException {
    assertThat(
            rows(
                """
                {"text": "why?", "label": "fees"}
                {"text": "why?", "label": "fees", "label": "cards"}
                """))
        .hasSize(2)
        .last()
        .asString()
        .contains("expected a JSON object with each field once");
  }

  @ParameterizedTest
  @CsvSource({"'sep=;', ;", "'SEP=|', |", "'\"sep=,\"', ','"})
  void shouldFollowTheLineThatNamesTheSeparator(String line, char separator) throws IOException {
    LabelledFile file =
        open(
            "%s\r\nlabel%sevent_id%stext\r\nfees%se1%swhy?\r\n"
                .formatted(line, separator, separator, separator, separator));

    assertThat(file.shape().separator()).hasValue(separator);
    assertThat(rows(file))
        .containsExactly(
            new FileRow.Read(3, new Utterance("tenant-1", "fees", "why?"), Optional.of("e1")));
  }

  @Test
  void shouldReadLabelStudio() throws IOException {
    LabelledFile file =
        open(
            """
            [
              {"id": 1, "data": {"text": "why a fee?", "tenant": "acme"}, "annotations": [
                {"was_cancelled": true, "result": [{"value": {"choices": ["wrong"]}}]},
                {"result": [{"type": "choices", "from_name": "topic", "value": {"choices": ["fees"]}}]}]},
              {"id": 2, "data": {"text": "open"}, "annotations": []},
              {"id": 3, "data": {"text": "both"}, "annotations": [
                {"result": [{"value": {"choices": ["a"]}}, {"value": {"choices": ["b"]}}]}]}
            ]
            """);

    assertThat(file.shape().format()).isEqualTo(FileFormat.LABEL_STUDIO);
    assertThat(rows(file))
        .containsExactly(
            read(2, "acme", "fees", "why a fee?"),
            read(5, "-", "open"),
            refused(6, "label: expected one, found 2: [a, b]"));
    assertThat(rows("[{\"text\": \"why?\", \"id\": 1, \"sentiment\": \"bad\", \"annotator\": 1}]"))
        .containsExactly(read(1, "bad", "why?"));
  }

  @Test
  void shouldReadArgillaOfEachVersion() throws IOException {
    LabelledFile file =
        open(
            """
            [{"id": "u-1", "fields": {"text": "why?"}, "metadata": {"event_id": "e-9"},
              "responses": {"label": [{"value": "fees", "user_id": "u"}]}, "suggestions": {}},
             {"id": "u-2", "fields": {"text": "draft"}, "responses": {"label": [
               {"value": "x", "status": "discarded"}]}},
             {"fields": {"text": "old"}, "responses": [
               {"values": {"label": {"value": "login"}}, "status": "submitted"}]},
             {"text": "older", "annotation": "rooms", "annotation_agent": "a", "status": "Validated"},
             {"text": "flat", "label.responses": ["fees", "x"],
              "label.responses.status": ["submitted", "discarded"]}]
            """);

    assertThat(file.shape().format()).isEqualTo(FileFormat.ARGILLA);
    assertThat(rows(file))
        .containsExactly(
            new FileRow.Read(1, new Utterance("tenant-1", "fees", "why?"), Optional.of("e-9")),
            read(3, "-", "draft"),
            read(5, "login", "old"),
            read(7, "rooms", "older"),
            read(8, "fees", "flat"));
  }

  @Test
  void shouldReadRasa() throws IOException {
    LabelledFile file =
        open(
            """
            version: "3.1"
            rules:
            - rule: r
            nlu:
            - intent: greet
              examples: |
                - hi there
                - from [Berlin](city) to [Rome]{"entity": "city"}

                - bye
            - synonym: s
              examples: |
                - not this
            - intent: faq/name
              examples:
              - text: |
                  who are you
                metadata:
                  event_id: e-1
            """);

    assertThat(file.shape().format()).isEqualTo(FileFormat.RASA);
    assertThat(rows(file))
        .containsExactly(
            read(7, "greet", "hi there"),
            read(8, "greet", "from Berlin to Rome"),
            read(10, "greet", "bye"),
            new FileRow.Read(
                16, new Utterance("tenant-1", "faq/name", "who are you"), Optional.of("e-1")));
    assertThatThrownBy(() -> rows("nlu:\n- intent: [a\n  b: c\n"))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith("data:");
  }

  @Test
  void shouldRefuseRowsWithoutATenantWhereNoneIsGivenForAll() throws IOException {
    FileForm form =
        new FileForm(
            Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    assertThat(rows(open("acme\tfees\twhy?\n", StandardCharsets.UTF_8, form)))
        .containsExactly(read(1, "acme", "fees", "why?"));
    assertThatThrownBy(() -> open("fees\twhy?\n", StandardCharsets.UTF_8, form))
        .hasMessage(
            "data:1: tenant: expected a column of tenants or one tenant for all, found neither");
    assertThat(rows(open("{\"text\":\"a\",\"label\":\"b\"}", StandardCharsets.UTF_8, form)))
        .containsExactly(refused(1, "tenant: expected one in each row or one for all, found none"));
  }

  @Test
  void shouldTakeMarkupAsText() throws IOException {
    assertThat(rows("text,label\n\"<script>alert(1)</script>\",<b>x</b>\n"))
        .containsExactly(read(2, "<b>x</b>", "<script>alert(1)</script>"));
  }

  @Test
  void shouldRefuseARowThatNeverEnds() throws IOException {
    LabelledFile file = open("a\tb\nc\t" + "x".repeat(2 * LabelledFile.MAX_ROW));
    file.next();

    assertThatThrownBy(file::next)
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith("data:2: expected a row of at most 1,048,576 characters");
    LabelledFile quote = open("text,label\nx,\"" + "y\n".repeat(LabelledFile.MAX_ROW));
    assertThatThrownBy(() -> rows(quote)).hasMessageContaining("is a quote not closed?");
    assertThatThrownBy(() -> rows("{\"text\": \"" + "y".repeat(2 * LabelledFile.MAX_ROW)))
        .isInstanceOf(DataFormatException.class);
  }

  @Test
  void shouldReadAWholeFileOrNameTheFirstRowThatIsRefused(@TempDir Path directory)
      throws IOException {
    Path good = Files.writeString(directory.resolve("good.csv"), "text,label\nwhy?,fees\n");
    Path bad = Files.writeString(directory.resolve("bad.csv"), "text,label\nwhy?,fees\n,x\n");
    Path missing = directory.resolve("missing.csv");

    LabelledFile.Content content = LabelledFile.read(good, FileForm.UNKNOWN, LIMITS);
    assertThat(content.utterances()).containsExactly(new Utterance("tenant-1", "fees", "why?"));
    assertThat(content.findings()).isEmpty();
    assertThatThrownBy(() -> LabelledFile.read(bad, FileForm.UNKNOWN, LIMITS))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("%s:3: text: expected a value, found a blank one", bad);
    assertThatThrownBy(() -> LabelledFile.read(missing, FileForm.UNKNOWN, LIMITS))
        .hasMessage("%s: no such file", missing);
  }

  @Test
  void shouldNameSeparatorsAndColumns() {
    assertThat(FileForm.separator("tab")).isEqualTo('\t');
    assertThat(FileForm.separator("^")).isEqualTo('^');
    assertThatThrownBy(() -> FileForm.separator("ab")).hasMessageContaining("found 'ab'");
    assertThat(FileForm.columns("text=2, label=1"))
        .isEqualTo(Map.of(ColumnRole.TEXT, "2", ColumnRole.LABEL, "1"));
    assertThatThrownBy(() -> FileForm.columns("text")).hasMessageContaining("found 'text'");
  }
}
