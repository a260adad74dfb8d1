package dev.hyperflow.demo.view;

import java.util.List;

/** Puts lines in front of a person. Not thread-safe: one thread draws. */
public interface Screen {

  /** Shows a moment of a table that changes. */
  void show(List<String> lines);

  /** Prints lines that stay. */
  void print(List<String> lines);
}
