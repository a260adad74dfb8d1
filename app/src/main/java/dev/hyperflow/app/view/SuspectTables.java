package dev.hyperflow.app.view;

import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.server.json.Tenants;
import java.util.Locale;

/** What looks wrong in a tenant's labels, as text of at most 80 columns, but for event ids. */
public final class SuspectTables {
  private static final int NUMBER = 8;
  private static final int LABEL = 22;
  private static final int TEXT = 76;

  private SuspectTables() {}

  /** Suspected mislabels, texts with two labels, labels whose names look alike. */
  public static String of(Tenants.Suspects suspects, Palette palette) {
    StringBuilder text = new StringBuilder();
    text.append(
            palette.strong(
                "Examples that the others contradict: %s of %s judged"
                    .formatted(Cells.count(suspects.suspected()), Cells.count(suspects.judged()))))
        .append('\n');
    if (!suspects.suspects().isEmpty()) {
      text.append(
              palette.faint(
                  "    "
                      + Cells.left("label", LABEL + NUMBER + 2)
                      + Cells.left("the others say", LABEL + NUMBER + 2)
                      + "event id"))
          .append('\n');
    }
    for (Tenants.Suspect suspect : suspects.suspects()) {
      text.append("    ")
          .append(label(suspect.label(), suspect.probability()))
          .append(label(suspect.suggested(), suspect.suggestedProbability()))
          .append(Printable.of(suspect.eventId()))
          .append('\n')
          .append(quoted(suspect.text(), palette));
    }
    more(text, suspects.suspects().size(), suspects.suspected(), palette);
    text.append(
            palette.strong(
                "Texts with more than one label: %s"
                    .formatted(Cells.count(suspects.conflicting()))))
        .append('\n');
    for (Tenants.Conflict conflict : suspects.conflicts()) {
      for (Tenants.Labelled example : conflict.examples()) {
        text.append("    ")
            .append(Cells.left(Printable.of(example.label()), LABEL + 2))
            .append(Printable.of(example.eventId()))
            .append('\n');
      }
      text.append(quoted(conflict.text(), palette));
    }
    more(text, suspects.conflicts().size(), suspects.conflicting(), palette);
    text.append(
            palette.strong(
                "Pairs of labels that look alike: %s".formatted(Cells.count(suspects.alike()))))
        .append('\n');
    for (Tenants.LookAlike pair : suspects.lookAlikes()) {
      text.append("    ")
          .append(Cells.left(Printable.of(pair.label()), LABEL + 2))
          .append(Cells.left(Printable.of(pair.other()), LABEL + 2))
          .append(palette.faint(difference(pair.difference())))
          .append('\n');
    }
    more(text, suspects.lookAlikes().size(), suspects.alike(), palette);
    return text.toString();
  }

  private static String label(String label, double probability) {
    return Cells.left(Printable.of(label), LABEL)
        + Cells.right(Cells.percent(true, 100 * probability), NUMBER)
        + "  ";
  }

  private static String quoted(String text, Palette palette) {
    return text == null
        ? ""
        : "      " + palette.faint(Cells.left(Printable.of(text), TEXT - 2).stripTrailing()) + "\n";
  }

  private static String difference(String difference) {
    return switch (difference) {
      case "CASE" -> "but for case";
      case "SPACE" -> "but for spaces";
      case "SIGN" -> "but for one sign";
      default -> difference.toLowerCase(Locale.ROOT);
    };
  }

  private static void more(StringBuilder text, int shown, int all, Palette palette) {
    if (all > shown) {
      text.append(
          palette.faint(
              "    %s more; --limit shows them%n".formatted(Cells.count((long) all - shown))));
    }
  }
}
