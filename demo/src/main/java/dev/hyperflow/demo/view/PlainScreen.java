package dev.hyperflow.demo.view;

import java.io.PrintStream;
import java.util.List;

/** A file or a pipe: tables follow one another, an empty line between them. */
public final class PlainScreen implements Screen {

  private final PrintStream out;

  /** A screen on this stream, which stays the caller's. */
  public PlainScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(List<String> lines) {
    print(lines);
    out.println();
    out.flush();
  }

  @Override
  public void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
