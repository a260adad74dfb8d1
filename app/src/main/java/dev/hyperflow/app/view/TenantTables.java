package dev.hyperflow.app.view;

import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tenants of a running application, as text. */
public final class TenantTables {
  private static final int MAX_NAME = 40;
  private static final int NUMBER = 10;
  private static final int FACT = 14;
  private static final int LABEL = 24;
  private static final int MAX_TEXT = 200;
  private static final String INDENT = " ".repeat(2 + FACT);
  private static final int WIDTH = 79;

  private TenantTables() {}

  /** A line for each tenant. */
  public static String list(TenantApi.Found found, Palette palette) {
    if (found.tenants().isEmpty()) {
      return "No tenants.\n";
    }
    int width = "tenant".length();
    for (Tenants.Row row : found.tenants()) {
      String name = Printable.of(row.tenant());
      width = Math.max(width, Math.min(MAX_NAME, name.codePointCount(0, name.length())));
    }
    StringBuilder text = new StringBuilder();
    text.append(
            palette.faint(
                Cells.left("tenant", width)
                    + numbers("labels", "examples", "tested", "before", "after")
                    + "     gain"))
        .append('\n');
    for (Tenants.Row row : found.tenants()) {
      text.append(Cells.left(Printable.of(row.tenant()), width)).append(row(row, palette));
    }
    long more = found.total() - found.tenants().size();
    if (more > 0) {
      text.append(
          palette.faint(
              "%s of %s tenants; --limit or --search gives others%n"
                  .formatted(Cells.count(found.tenants().size()), Cells.count(found.total()))));
    }
    return text.toString();
  }

  private static String row(Tenants.Row row, Palette palette) {
    Optional<Tenants.Accuracy> accuracy =
        Optional.ofNullable(row.quality()).map(Tenants.Quality::accuracy);
    Optional<Tenants.Accuracy> known = accuracy.filter(TenantTables::isKnown);
    return numbers(
            Cells.count(row.labels()),
            Cells.count(row.examples()),
            accuracy.map(tested -> Cells.count(tested.labels())).orElse(Cells.UNKNOWN),
            known.map(found -> percent(found.unadapted())).orElse(Cells.UNKNOWN),
            known.map(found -> percent(found.adapted())).orElse(Cells.UNKNOWN))
        + known.map(found -> gain(found, palette)).orElse(Cells.right(Cells.UNKNOWN, NUMBER - 1))
        + attention(row.attention(), palette)
        + "\n";
  }

  private static boolean isKnown(Tenants.Accuracy accuracy) {
    return accuracy.adapted() != null && accuracy.unadapted() != null;
  }

  private static String percent(Tenants.Estimate estimate) {
    return Cells.percent(true, 100 * estimate.value());
  }

  /** The names of what needs a person; the verb {@code show} says more. */
  private static String attention(List<Attention> found, Palette palette) {
    return found.isEmpty()
        ? ""
        : "  "
            + palette.bad(
                found.stream()
                    .map(item -> Cells.words(item.code().name()))
                    .collect(Collectors.joining(", ")));
  }

  private static String gain(Tenants.Accuracy accuracy, Palette palette) {
    double points = 100 * (accuracy.adapted().value() - accuracy.unadapted().value());
    String padded = Cells.right(String.format(Locale.ROOT, "%+.1f", points), NUMBER - 1);
    if (Math.round(points * 10) == 0) {
      return padded;
    }
    return points > 0 ? palette.good(padded) : palette.bad(padded);
  }

  private static String numbers(String... cells) {
    StringBuilder text = new StringBuilder();
    for (String cell : cells) {
      text.append(Cells.right(cell, NUMBER));
    }
    return text.toString();
  }

  /** All that is shown of one tenant. */
  public static String detail(Tenants.Detail detail, Optional<Tenants.Head> head, Palette palette) {
    List<String> lines = new ArrayList<>();
    lines.add(palette.strong(Printable.of(detail.tenant())));
    lines.add(
        fact(
            "support set",
            "%s, %s, fingerprint %s"
                .formatted(
                    Cells.count(detail.examples(), "example"),
                    Cells.count(detail.labels(), "label"),
                    detail.fingerprint())));
    lines.add(fact("head", head.map(TenantTables::head).orElse("none")));
    lines.add(fact("bundle", bundle(detail.bundle())));
    lines.add(fact("settings", settings(detail.settings())));
    lines.add(fact("accuracy", accuracy(detail.quality())));
    lines.add(fact("last event", Instant.ofEpochMilli(detail.lastEventAt()).toString()));
    lines.add(fact("instance", Printable.of(detail.owner().instance())));
    for (Attention item : detail.attention()) {
      lines.add(fact("attention", palette.bad(Cells.words(item.code().name()))));
      lines.addAll(Cells.wrap(Printable.of(item.text()), INDENT, WIDTH));
      lines.addAll(Cells.wrap(item.action(), INDENT, WIDTH));
    }
    lines.add("");
    lines.add(palette.faint("  examples  of at most  label"));
    for (Tenants.Label label : detail.labelsDetail()) {
      lines.add(
          Cells.right(Cells.count(label.examples()), NUMBER)
              + Cells.right(Cells.count(label.capacity()), NUMBER + 2)
              + "  "
              + Printable.of(label.label())
              + (label.described() ? palette.faint("  described") : ""));
    }
    return String.join("\n", lines) + "\n";
  }

  /** A line for each example: its label and its text. */
  public static String examples(Tenants.Examples examples, Palette palette) {
    StringBuilder text = new StringBuilder("\n");
    text.append(palette.faint("  " + Cells.left("label", LABEL) + "  newest examples"))
        .append('\n');
    for (Tenants.Example example : examples.examples()) {
      text.append("  ")
          .append(Cells.left(Printable.of(example.label()), LABEL))
          .append("  ")
          .append(text(example.text(), example.eventId()))
          .append('\n');
    }
    if (!examples.texts().shown()) {
      text.append(palette.faint("  " + Printable.of(examples.texts().hint()))).append('\n');
    }
    return text.toString();
  }

  /** A text on one line, or the event that it came with where it is not shown. */
  public static String text(String text, String eventId) {
    return text == null
        ? "(no text) " + Printable.of(eventId)
        : Cells.cut(Printable.of(text), MAX_TEXT);
  }

  private static String fact(String name, String value) {
    return "  " + Cells.left(name, FACT) + value;
  }

  private static String head(Tenants.Head head) {
    return "fingerprint %s, %s, %d steps%s"
        .formatted(
            head.fingerprint(),
            head.integrator().isEmpty() ? "its own integrator" : head.integrator(),
            head.steps(),
            head.safeguarded() ? ", safeguarded" : "");
  }

  private static String bundle(Tenants.BundleInUse bundle) {
    return "%s@%s%s"
        .formatted(
            Printable.of(bundle.name()),
            bundle.sha256(),
            bundle.shadow() == null ? "" : ", in shadow " + Printable.of(bundle.shadow()));
  }

  private static String settings(Tenants.Settings settings) {
    List<String> own = new ArrayList<>();
    if (settings.examplesPerLabel() != null) {
      own.add("examples per label " + settings.examplesPerLabel());
    }
    if (settings.consistency() != null) {
      own.add("consistency " + settings.consistency().toLowerCase(Locale.ROOT));
    }
    if (settings.abstainBelow() != null) {
      own.add("abstains below " + settings.abstainBelow());
    }
    if (settings.pinned()) {
      own.add("pinned");
    }
    return own.isEmpty() ? "as for all" : String.join(", ", own);
  }

  private static String accuracy(Tenants.Quality quality) {
    if (quality == null || quality.accuracy().labels() == 0) {
      return "no label was predicted before it was learned";
    }
    Tenants.Accuracy accuracy = quality.accuracy();
    if (!isKnown(accuracy)) {
      return "too few labels: %d of %d".formatted(accuracy.labels(), accuracy.minLabels());
    }
    String labels =
        "of %s labels, each predicted before it was learned%s"
            .formatted(
                Cells.count(accuracy.labels()),
                accuracy.window() == 0 ? "" : "; the last " + accuracy.window() + " count most");
    return "%s (95 %% interval %s to %s), unadapted %s%n%s%s"
        .formatted(
            percent(accuracy.adapted()),
            Cells.percent(true, 100 * accuracy.adapted().low()),
            Cells.percent(true, 100 * accuracy.adapted().high()),
            percent(accuracy.unadapted()),
            INDENT,
            labels);
  }
}
