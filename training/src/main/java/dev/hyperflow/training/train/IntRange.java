package dev.hyperflow.training.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A range of whole numbers.
 *
 * @param from the least
 * @param to the greatest
 */
record IntRange(int from, int to) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  /** Reads {@code 2-60}, or {@code 5} for 5 to 5. */
  static final class Converter implements ITypeConverter<IntRange> {
    @Override
    public IntRange convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException("expected a range like 2-60, found '" + text + "'");
      }
      int from = Integer.parseInt(form.group(1));
      return new IntRange(from, form.group(2) == null ? from : Integer.parseInt(form.group(2)));
    }
  }
}
