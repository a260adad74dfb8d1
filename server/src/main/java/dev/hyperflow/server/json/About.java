package dev.hyperflow.server.json;

import java.util.List;

/** What runs, and how it is set up. */
public final class About {
  private About() {}

  /** The versions of the application and of what it runs on. */
  public record Version(
      String version,
      String commit,
      String java,
      String kafka,
      String onnxRuntime,
      BundleName bundle,
      String encoder) {}

  /** A bundle: its name, and the first digits of its manifest's SHA-256. */
  public record BundleName(String name, String manifestSha256) {}

  /** All settings that are in force; secrets are masked. */
  public record Config(List<Setting> settings) {}

  /** All reasons, those of ignored records first. */
  public record Reasons(List<Reason> reasons) {}

  /**
   * Why nothing came of a record.
   *
   * @param reason as in dead letters and meters
   * @param fate {@code IGNORED} or {@code REFUSED}
   * @param meaning what it means
   * @param remedy what to do about it
   */
  public record Reason(String reason, String fate, String meaning, String remedy) {}

  /** A setting; secrets are not shown. */
  public record Setting(String name, String value, Source source, String documentation) {}

  /** Where a value is from. */
  public enum Source {
    FILE("file"),
    DEFAULT("default");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    @Override
    @com.fasterxml.jackson.annotation.JsonValue
    public String toString() {
      return word;
    }
  }
}
