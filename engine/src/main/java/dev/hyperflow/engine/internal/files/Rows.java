package dev.hyperflow.engine.internal.files;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, in its order. For one thread. */
interface Rows {
  /**
   * The next row, if there is one.
   *
   * @throws DataFormatException when the file cannot be read on
   */
  Optional<RawRow> next() throws IOException;
}
