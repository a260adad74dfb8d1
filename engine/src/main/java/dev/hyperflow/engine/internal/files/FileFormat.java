package dev.hyperflow.engine.internal.files;

import java.util.Optional;
import java.util.stream.Stream;

/** The formats of files. */
public enum FileFormat {
  /** Lines of columns between tabs. */
  TSV("tsv"),
  /** RFC 4180, with any separator. */
  CSV("csv"),
  /** An object on each line, or an array of objects. */
  JSONL("jsonl"),
  /** Tasks of Label Studio, JSON. */
  LABEL_STUDIO("label-studio"),
  /** Records of Argilla, JSON. */
  ARGILLA("argilla"),
  /** Training data of Rasa NLU, YAML. */
  RASA("rasa");

  private final String word;

  FileFormat(String word) {
    this.word = word;
  }

  /** The format of that name. */
  public static Optional<FileFormat> of(String word) {
    return Stream.of(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  boolean isJson() {
    return this == JSONL || this == LABEL_STUDIO || this == ARGILLA;
  }

  boolean isDelimited() {
    return this == TSV || this == CSV;
  }

  @Override
  public String toString() {
    return word;
  }
}
