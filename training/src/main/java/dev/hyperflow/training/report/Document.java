package dev.hyperflow.training.report;

import java.util.ArrayList;
import java.util.List;

/** A report as a sequence of blocks, whatever it will be written as. */
public final class Document {

  private final String title;
  private final List<Block> blocks = new ArrayList<>();

  public Document(String title) {
    this.title = title;
  }

  /** Adds everything that another report says, but its title. */
  public Document add(Document other) {
    blocks.addAll(other.blocks);
    return this;
  }

  /** Writes blocks in one format. */
  interface Writer {

    void heading(String text);

    void paragraph(String text);

    void table(Table table);

    void figure(String file, String caption);
  }

  /** A piece of a report. */
  @FunctionalInterface
  interface Block {
    void write(Writer writer);
  }

  /**
   * A table; the first column names rows.
   *
   * @param rows each as long as the header
   * @param strong index of a row to stress, or −1
   */
  record Table(List<String> header, List<List<String>> rows, int strong) {

    Table {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
      int columns = header.size();
      if (rows.stream().anyMatch(row -> row.size() != columns)) {
        throw new IllegalArgumentException("rows: expected " + columns + " columns, found others");
      }
    }
  }

  String title() {
    return title;
  }

  public Document heading(String text) {
    blocks.add(writer -> writer.heading(text));
    return this;
  }

  public Document paragraph(String text) {
    blocks.add(writer -> writer.paragraph(text));
    return this;
  }

  public Document table(List<String> header, List<List<String>> rows) {
    return table(header, rows, -1);
  }

  public Document table(List<String> header, List<List<String>> rows, int strong) {
    Table table = new Table(header, rows, strong);
    blocks.add(writer -> writer.table(table));
    return this;
  }

  public Document figure(String file, String caption) {
    blocks.add(writer -> writer.figure(file, caption));
    return this;
  }

  void write(Writer writer) {
    blocks.forEach(block -> block.write(writer));
  }
}
