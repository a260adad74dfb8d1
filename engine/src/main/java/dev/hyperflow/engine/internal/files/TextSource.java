package dev.hyperflow.engine.internal.files;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The characters of a file: UTF-8, or UTF-16 where a byte order mark says so. Refuses other bytes
 * with their line, and rows that are too long. For one thread.
 */
final class TextSource extends Reader {
  /*
   * Whatever parses reads ahead, so the bound on a row is one on the characters that were given out
   * since the last row was complete, less a block.
   */
  private static final int BLOCK = 16 * 1024;

  private final InputStream in;
  private final String name;
  private int mostOfARow;
  private final Charset charset;
  private final boolean marked;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
  private final CharBuffer chars = CharBuffer.allocate(BLOCK);
  private boolean ended;
  private boolean flushed;
  private boolean broken;
  private long line = 1;
  private boolean afterReturn;
  private long sinceRow;
  private long lastRow;

  /**
   * Characters of a stream.
   *
   * @param name what messages call the stream
   * @param mostOfARow most characters of a row
   * @throws DataFormatException when its first bytes are those of no text
   */
  TextSource(InputStream in, String name, int mostOfARow) throws IOException {
    this.in = in;
    this.name = name;
    this.mostOfARow = mostOfARow;
    fill();
    bytes.flip();
    int length = bytes.remaining();
    int first = length > 0 ? bytes.get(0) & 0xFF : -1;
    int second = length > 1 ? bytes.get(1) & 0xFF : -1;
    int third = length > 2 ? bytes.get(2) & 0xFF : -1;
    requireText(first, second);
    int mark = 0;
    Charset found = StandardCharsets.UTF_8;
    if (first == 0xEF && second == 0xBB && third == 0xBF) {
      mark = 3;
    } else if (first == 0xFE && second == 0xFF) {
      mark = 2;
      found = StandardCharsets.UTF_16BE;
    } else if (first == 0xFF && second == 0xFE) {
      mark = 2;
      found = StandardCharsets.UTF_16LE;
    }
    bytes.position(mark);
    bytes.compact();
    this.marked = mark > 0;
    this.charset = found;
    this.decoder = found.newDecoder();
    chars.flip();
  }

  private void requireText(int first, int second) {
    if (first == 'P' && second == 'K') {
      throw new DataFormatException(
          name + ":1: expected text, found a ZIP file or a workbook; save the sheet as CSV");
    }
    if (first == 0x1F && second == 0x8B) {
      throw new DataFormatException(name + ":1: expected text, found a gzip file; unpack it");
    }
  }

  /** The same with another bound on rows; what was given out so far counts as complete. */
  TextSource bounded(int most) {
    mostOfARow = most;
    sinceRow = 0;
    return this;
  }

  /** UTF-8, or the UTF-16 that a byte order mark names. */
  Charset charset() {
    return charset;
  }

  /** Whether the file begins with a byte order mark. */
  boolean isMarked() {
    return marked;
  }

  /** All rows up to the one at that line are complete. */
  void rowDone(long rowLine) {
    sinceRow = 0;
    lastRow = rowLine;
  }

  private void fill() throws IOException {
    while (bytes.hasRemaining() && !ended) {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (read < 0) {
        ended = true;
      } else {
        bytes.position(bytes.position() + read);
      }
    }
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (broken) {
        throw new DataFormatException(
            "%s:%d: expected %s, found other bytes; save the file as UTF-8"
                .formatted(name, line, charset));
      }
      if (flushed) {
        return -1;
      }
      decode();
    }
    if (sinceRow > mostOfARow + (long) BLOCK) {
      throw new DataFormatException(
          "%s:%d: expected a row of at most %,d characters, found more; is a quote not closed?"
              .formatted(name, lastRow + 1, mostOfARow));
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    for (int i = offset; i < offset + count; i++) {
      pass(target[i]);
    }
    sinceRow += count;
    return count;
  }

  private void decode() throws IOException {
    chars.clear();
    fill();
    bytes.flip();
    CoderResult result = decoder.decode(bytes, chars, ended);
    if (result.isError()) {
      broken = true;
    } else if (result.isUnderflow() && ended) {
      decoder.flush(chars);
      flushed = true;
    }
    bytes.compact();
    chars.flip();
  }

  private void pass(char c) {
    if (c == 0) {
      throw new DataFormatException(
          "%s:%d: expected text, found the byte 0; is it a binary file?".formatted(name, line));
    }
    if (c == '\r' || (c == '\n' && !afterReturn)) {
      line++;
    }
    afterReturn = c == '\r';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
