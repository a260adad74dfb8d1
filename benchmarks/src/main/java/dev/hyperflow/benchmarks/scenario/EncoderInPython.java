package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.onnx.EncoderFiles;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The same model in plain ONNX Runtime, in a process of Python that ends with this one. */
final class EncoderInPython implements TimedEncoder {
  private static final String PROGRAM = "encode.py";

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;
  private final Path log;
  private final int texts;

  /**
   * Starts Python.
   *
   * @param python a program with the packages onnxruntime and tokenizers
   * @param directory where the files go that it reads
   */
  EncoderInPython(String python, String bundle, int threads, List<String> texts, Path directory) {
    this.texts = texts.size();
    this.log = directory.resolve("python.log");
    Path file = directory.resolve(PROGRAM);
    Path model = directory.resolve("model.onnx");
    Path tokenizer = directory.resolve("tokenizer.json");
    Path lines = directory.resolve("texts.txt");
    List<String> command =
        List.of(
            python,
            file.toString(),
            model.toString(),
            tokenizer.toString(),
            lines.toString(),
            Integer.toString(threads));
    try (InputStream program = EncoderInPython.class.getResourceAsStream(PROGRAM)) {
      Files.copy(program, file);
      EncoderFiles files = BundleFiles.encoderFiles(bundle);
      write(files.model(), model);
      write(files.tokenizer(), tokenizer);
      Files.write(lines, texts);
      this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  private static void write(ByteBuffer bytes, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = bytes.duplicate();
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  @Override
  public Repetition run(int listSize) {
    try {
      orders.write(listSize + "\n");
      orders.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("it ended");
      }
      String[] nanos = answer.split(" ", -1);
      return new Repetition(
          texts,
          Long.parseLong(nanos[0]),
          Duration.ofNanos(Long.parseLong(nanos[1])),
          Duration.ZERO);
    } catch (IOException e) {
      throw new IllegalStateException("Python: expected two numbers, found: " + lastLine(), e);
    }
  }

  private String lastLine() {
    try {
      return Files.readAllLines(log).stream().reduce("", (first, last) -> last);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
