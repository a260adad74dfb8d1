package dev.hyperflow.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.Contracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in another language that exchanges records with this one. */
final class ClientProgram {
  /** The contract as programs without Java have it. */
  static final Path SCHEMA =
      Path.of("../schemas")
          .resolve(Contracts.releasedFile(Contracts.NEWEST, SupportEvent.getClassSchema()))
          .toAbsolutePath();

  private static final long LIMIT_SECONDS = 300;

  private ClientProgram() {}

  /** The record that each program writes. */
  static SupportEvent written(String id, String text) {
    return SupportEvent.newBuilder()
        .setEventId(id)
        .setOperation(SupportOperation.ADD)
        .setLabel("card lost")
        .setPayload(new TextPayload(text))
        .setWeight(0.5f)
        .setExpiresAtEpochMillis(1_900_000_000_000L)
        .build();
  }

  /** Whether a command runs and succeeds. */
  static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a program in a directory, which it must do without an error; what it printed. */
  static String run(Path directory, String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(String.join(" ", command) + " did not end in time");
    }
    assertThat(process.exitValue())
        .as("%s: %s", String.join(" ", command), Files.readString(errors))
        .isZero();
    return Files.readString(output);
  }
}
