package dev.hyperflow.server.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hyperflow.server.http.Required;
import java.util.List;
import java.util.Map;

/** What a file of labelled texts holds, and what became of it. */
public final class Imports {
  private Imports() {}

  /**
   * A preview, which writes nothing, or the report of an import.
   *
   * @param preview whether nothing was written
   * @param shape how the file is written
   * @param counts its rows
   * @param tenantCount how many tenants it has
   * @param labelCount how many labels they have together
   * @param tenants the first of them
   * @param first the first texts
   * @param findings what looks wrong, the worst first
   * @param looksWrong whether a person should look at it before it is imported
   * @param refusals the first rows that were refused
   * @param stopped why the rest of the file was not read; absent when all of it was
   * @param memory how much a tenant remembers of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Report(
      boolean preview,
      @Required Shape shape,
      @Required Counts counts,
      int tenantCount,
      int labelCount,
      @Required List<Tenant> tenants,
      @Required List<Row> first,
      @Required List<Finding> findings,
      boolean looksWrong,
      @Required List<Refusal> refusals,
      String stopped,
      @Required Memory memory) {}

  /**
   * How a file is written.
   *
   * @param format tsv, csv, jsonl, label-studio, argilla or rasa
   * @param encoding UTF-8, UTF-16LE or UTF-16BE
   * @param byteOrderMark whether it begins with one, which was left out
   * @param separator between columns; absent where there are none
   * @param header names of the columns; absent without a header
   * @param columns which column, from 1, is text, label, tenant and id; empty where there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shape(
      @Required String format,
      @Required String encoding,
      boolean byteOrderMark,
      String separator,
      List<String> header,
      @Required Map<String, Integer> columns) {}

  /**
   * Rows; the others add up to the first.
   *
   * @param taken labelled texts that were written, or in a preview would be
   * @param repeated texts that come again with their label
   */
  public record Counts(long rows, long taken, long repeated, long unlabelled, long refused) {}

  /**
   * A tenant's part.
   *
   * @param labelCount how many labels it has
   * @param labels the first of them
   */
  public record Tenant(
      @Required String tenant, long rows, int labelCount, @Required List<Label> labels) {}

  /** How many rows have a label. */
  public record Label(@Required String label, long rows) {}

  /** A labelled text and where it stands. */
  public record Row(
      long line, @Required String tenant, @Required String label, @Required String text) {}

  /**
   * Something that looks wrong.
   *
   * @param kind a word that stays
   * @param wrong whether a person should look; else it is only good to know
   * @param lines the first places
   */
  public record Finding(
      @Required String kind,
      boolean wrong,
      @Required String message,
      long count,
      @Required List<Long> lines) {}

  /** A row that was refused. */
  public record Refusal(long line, @Required String reason) {}

  /** Maximum numbers of examples of a label and of a tenant, unless its settings say otherwise. */
  public record Memory(int examplesPerLabel, int examplesPerTenant) {}
}
