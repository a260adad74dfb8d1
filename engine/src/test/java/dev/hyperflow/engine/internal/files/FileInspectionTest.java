package dev.hyperflow.engine.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.DataLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileInspectionTest {
  private static final DataLimits LIMITS = new DataLimits(20, 30, 60, 100);

  private static FilePreview preview(String content) throws IOException {
    LabelledFile file =
        LabelledFile.open(
            new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
            "data",
            FileForm.UNKNOWN,
            LIMITS);
    FileInspection inspection = new FileInspection(file.shape());
    Optional<FileRow> row = file.next();
    while (row.isPresent()) {
      inspection.add(row.get());
      row = file.next();
    }
    return inspection.preview();
  }

  private static List<Finding.Kind> kinds(String content) throws IOException {
    return preview(content).findings().stream().map(Finding::kind).toList();
  }

  @Test
  void shouldCountTenantsAndLabelsAndShowTenRows() throws IOException {
    StringBuilder content = new StringBuilder("tenant,label,text\n");
    for (int i = 0; i < 12; i++) {
      content
          .append("acme,")
          .append(i % 2 == 0 ? "fees" : "login")
          .append(",text ")
          .append(i)
          .append('\n');
    }
    FilePreview preview = preview(content + "other,x,one\nother,x\n");

    assertThat(preview.counts()).isEqualTo(new FilePreview.Counts(14, 13, 0, 0, 1));
    assertThat(preview.tenants())
        .containsExactly(
            new FilePreview.Tenant(
                "acme",
                12,
                List.of(new FilePreview.Label("fees", 6), new FilePreview.Label("login", 6))),
            new FilePreview.Tenant("other", 1, List.of(new FilePreview.Label("x", 1))));
    assertThat(preview.first()).hasSize(10);
    assertThat(preview.refusals()).extracting(FileRow.Refused::line).containsExactly(15L);
    assertThat(preview.looksWrong()).isTrue();
  }

  @Test
  void shouldFindNothingInAGoodFile() throws IOException {
    assertThat(kinds("fees\twhy a fee\nfees\tno fee please\nlogin\tlet me in\nlogin\tlocked out\n"))
        .isEmpty();
  }

  @Test
  void shouldFindAHeaderOfUnknownNames() throws IOException {
    assertThat(
            kinds(
                "Gruppe;Nachricht\nfees;why a fee\nfees;no fee please\nlogin;let me in\nlogin;locked out\n"))
        .containsExactly(Finding.Kind.HEADER_AS_DATA);
  }

  @Test
  void shouldFindSwappedColumnsAndAsManyLabelsAsRows() throws IOException {
    assertThat(kinds("why a fee\tfees\nno fee please\tfees\nlet me in\tlogin\nlocked out\tlogin\n"))
        .containsExactly(Finding.Kind.SWAPPED_COLUMNS);
    assertThat(kinds("a\tb c\nd\te f\ng\th i\nj\tk l\n"))
        .containsExactly(Finding.Kind.AS_MANY_LABELS_AS_ROWS);
    assertThat(kinds("a\tb c\na\te f\na\th i\na\tk l\n")).containsExactly(Finding.Kind.ONE_LABEL);
  }

  @Test
  void shouldFindLabelsThatDifferByCaseAndTextsWithTwoLabels() throws IOException {
    FilePreview preview =
        preview(
            "\uFEFFFees,why a fee\nfees,no fee please\nlogin,why a fee\nlogin,locked out\nlogin,locked out\n");

    assertThat(preview.findings())
        .extracting(Finding::kind)
        .containsExactly(
            Finding.Kind.LABELS_DIFFER_BY_CASE,
            Finding.Kind.TEXT_WITH_TWO_LABELS,
            Finding.Kind.TEXT_TWICE,
            Finding.Kind.BYTE_ORDER_MARK);
    assertThat(preview.findings().get(1).lines()).containsExactly(3L);
    assertThat(preview.findings().get(1).message()).contains("'Fees' and 'login'");
    assertThat(preview.counts()).isEqualTo(new FilePreview.Counts(5, 3, 1, 0, 1));
    assertThat(preview.refusals())
        .containsExactly(
            new FileRow.Refused(
                3, "text: expected one label, found 'Fees' on line 1 and 'login' here"));
  }

  @Test
  void shouldFindQuotesThatWereLeftAndUnreadableTexts() throws IOException {
    assertThat(
            kinds(
                "fees\t\"why a fee\"\nfees\tno fee please\nlogin\t???\nlogin\tcaf\u00C3\u00A9\nlogin\tlet me in\n"))
        .containsExactly(Finding.Kind.UNREADABLE_TEXT, Finding.Kind.QUOTES_LEFT);
  }

  @Test
  void shouldCountOneAndMany() throws IOException {
    String good = "label,text\nfees,why a fee\nFEES,no fee\nlogin,let me in\nlogin,locked out\n";
    String reason = "that cannot be used; the first: text: expected a value, found a blank one";

    assertThat(preview(good + "fees,\n").findings())
        .extracting(Finding::message)
        .containsExactly(
            "labels differ only by case, spaces or signs: [fees, FEES]", "1 row " + reason);
    assertThat(preview(good + "fees,\nlogin,\nlo-gin,I cannot log in\n").findings())
        .extracting(Finding::message)
        .containsExactly(
            "labels differ only by case, spaces or signs: [fees, FEES]; so do those of 1 other group",
            "2 rows " + reason);
  }
}
