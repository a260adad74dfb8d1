package dev.hyperflow.training.finetune;

import ai.djl.ndarray.NDManager;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.ProcessMemory;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.tensor.PyTorch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Adapts to one task in a process of its own and prints the memory it took. */
final class MemoryProbe {

  /*
   * A process of its own, because memory that was used once and kept by an allocator would hide
   * what the next method needs. The pretrained encoder is loaded and has encoded a text before the
   * measurement begins, in either case. For a head the drift network is loaded once more, without
   * the encoder. A network that has run before keeps its memory and would need no more. A few steps
   * are enough: the moments are there after the first, and each step needs the same.
   */
  private static final int STEPS = 3;
  private static final String WARM_UP = "a text to warm up with";
  private static final ProcessMemory MEMORY = ProcessMemory.ofThisProcess();
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

  /** Sets the peak back to what is held now. */
  private static final String PEAK = "5";

  private MemoryProbe() {}

  /**
   * Reads the examples from the standard input, {@code label<TAB>text} a line, and prints the bytes
   * held before and at the peak.
   *
   * @param args location of a bundle; a mode of fine-tuning or {@code head}; the token limit
   */
  public static void main(String[] args) throws IOException {
    TextTask task = task();
    if (args[1].equals(MemoryMeter.HEAD)) {
      head(args[0], task);
    } else {
      tuning(
          args[0],
          TuningMode.valueOf(args[1].toUpperCase(Locale.ROOT).replace('-', '_')),
          Integer.parseInt(args[2]),
          task);
    }
  }

  private static TextTask task() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<TextTask.Labelled> examples =
        in.lines()
            .map(line -> line.split("\t", 2))
            .map(line -> new TextTask.Labelled(Integer.parseInt(line[0]), line[1]))
            .toList();
    int ways = examples.stream().mapToInt(TextTask.Labelled::label).max().orElseThrow() + 1;
    return new TextTask(ways, examples, examples.subList(0, 1));
  }

  private static void head(String location, TextTask task) throws IOException {
    BundleOptions cold = BundleOptions.defaults().withWarmUp(false);
    try (Bundle loaded = Bundle.load(location, cold)) {
      Encoder encoder = loaded.encoder().orElseThrow();
      encoder.encode(List.of(WARM_UP));
      SupportSet set = new DriftHeads(loaded, encoder).supportSet(task);
      long before = begin();
      try (Bundle bundle = Bundle.load(location, cold.withLoadEncoder(false))) {
        new DriftHeads(bundle, encoder).integrate(set);
        System.out.println(before + " " + peak(before));
      }
    }
  }

  private static void tuning(String location, TuningMode mode, int maxTokens, TextTask task)
      throws IOException {
    EncoderReference encoder = PretrainedEncoder.reference(location);
    try (NDManager manager = PyTorch.manager();
        TokenReader tokens = TokenReader.open(encoder, maxTokens)) {
      MiniLm pretrained = MiniLm.of(manager, MiniLmWeights.read(encoder));
      try (NDManager scratch = manager.newSubManager()) {
        pretrained.embed(scratch, TokenBatch.of(tokens.read(List.of(WARM_UP))));
      }
      FineTuning tuning = new FineTuning(pretrained, tokens);
      long before = begin();
      tuning.run(task, mode, new Rates(mode.rate(), mode.rate()), List.of(STEPS), step -> {});
      System.out.println(before + " " + peak(before));
    }
  }

  /** Forgets the peak of loading, and gives what is held now. */
  private static long begin() throws IOException {
    System.gc();
    Files.writeString(CLEAR_REFS, PEAK);
    return MEMORY.residentBytes().orElseThrow();
  }

  /**
   * Maximum number of bytes held since {@link #begin}. The kernel counts pages per processor and
   * may miss some in its peak, so what was held before counts, too.
   */
  private static long peak(long before) {
    return Math.max(before, MEMORY.peakBytes().orElseThrow());
  }
}
