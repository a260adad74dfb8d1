package dev.hyperflow.engine.internal.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Map;
import java.util.Optional;

/** The rows of a delimited file. */
final class DelimitedRows implements Rows {
  private final Layout layout;
  private final Cells cells;
  private boolean begun;

  DelimitedRows(Reader reader, Layout layout, String name) throws IOException {
    this.layout = layout;
    this.cells = new Cells(reader, layout.dialect(), name);
  }

  @Override
  public Optional<RawRow> next() throws IOException {
    if (!begun && layout.header().isPresent()) {
      cells.next();
    }
    begun = true;
    return cells.next().map(this::raw);
  }

  private RawRow raw(Cells.Row row) {
    if (row.values().size() != layout.columns()) {
      return RawRow.refused(
          row.line(),
          "expected %d columns, found %d; a text with the separator in it stands in quotes"
              .formatted(layout.columns(), row.values().size()));
    }
    Map<ColumnRole, Integer> places = layout.places();
    return new RawRow(
        row.line(),
        value(row, ColumnRole.TENANT),
        Optional.of(row.value(places.get(ColumnRole.LABEL))),
        row.value(places.get(ColumnRole.TEXT)),
        value(row, ColumnRole.ID).filter(id -> !id.isEmpty()),
        Optional.empty());
  }

  private Optional<String> value(Cells.Row row, ColumnRole role) {
    return Optional.ofNullable(layout.places().get(role)).map(row::value);
  }
}
