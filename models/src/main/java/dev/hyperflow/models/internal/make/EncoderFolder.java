package dev.hyperflow.models.internal.make;

import static dev.hyperflow.models.internal.Check.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.graph.EncoderGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A folder that sentence-transformers wrote, with its model exported to ONNX; or the two files of
 * an encoder alone, of which somebody says the rest.
 *
 * @param model the ONNX file
 * @param tokenizer its {@code tokenizer.json}
 * @param tokenizerKind for people, for example {@code WordPiece}
 * @param graph what the model says of itself
 * @param dimension length of a vector
 * @param pooling a value of {@code encoder.pooling}
 * @param normalise whether vectors are scaled to Euclidean length 1
 * @param prefixes what is put before texts
 * @param maxTokens maximum number of tokens that are read
 */
public record EncoderFolder(
    Path model,
    Path tokenizer,
    String tokenizerKind,
    EncoderGraph graph,
    int dimension,
    String pooling,
    boolean normalise,
    TextPrefixes prefixes,
    int maxTokens) {

  private static final String TOKENIZER = "tokenizer.json";
  private static final int MAX_TOKENS = 512;
  private static final int TOKENS_STEP = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a folder.
   *
   * @throws IllegalArgumentException if it is no encoder, or one of a kind that is not supported;
   *     the message is one line
   * @throws IOException if a file cannot be read
   */
  public static EncoderFolder read(Path folder, EncoderChoices choices) throws IOException {
    check(Files.isDirectory(folder), folder.toString(), "a folder", "none");
    Path modelFile = modelFile(folder, choices);
    Path tokenizerFile = tokenizerFile(folder, modelFile);
    List<JsonNode> modules = modules(folder);
    JsonNode pooling = json(folder.resolve(poolingFolder(modules)).resolve("config.json"));
    EncoderGraph graph =
        EncoderGraph.read(modelFile.toString(), ByteBuffer.wrap(Files.readAllBytes(modelFile)));
    TextPrefixes prefixes = prefixes(folder, choices);
    check(
        pooling.path("include_prompt").asBoolean(true) || prefixes.equals(TextPrefixes.NONE),
        folder + ": include_prompt",
        "true, as prefixes are pooled",
        "false");
    return new EncoderFolder(
        modelFile,
        tokenizerFile,
        kind(tokenizerFile),
        graph,
        dimension(folder, graph, pooling),
        choices.pooling().orElseGet(() -> pooling(folder, pooling)),
        choices.normalise().orElseGet(() -> modules.isEmpty() || has(modules, "Normalize")),
        prefixes,
        maxTokens(folder, choices));
  }

  private static Path modelFile(Path folder, EncoderChoices choices) throws IOException {
    if (choices.model().isPresent()) {
      Path chosen = folder.resolve(choices.model().get());
      check(Files.isRegularFile(chosen), chosen.toString(), "an ONNX file", "none");
      return chosen;
    }
    for (String usual : List.of("model.onnx", "onnx/model.onnx")) {
      if (Files.isRegularFile(folder.resolve(usual))) {
        return folder.resolve(usual);
      }
    }
    List<Path> found = new ArrayList<>(files(folder, ".onnx"));
    found.addAll(files(folder.resolve("onnx"), ".onnx"));
    check(
        found.size() == 1,
        folder.toString(),
        "model.onnx, onnx/model.onnx or one other ONNX file",
        found.isEmpty() ? "none" : found + "; choose one with --model");
    return found.get(0);
  }

  private static Path tokenizerFile(Path folder, Path model) throws IOException {
    for (Path place : List.of(folder, model.toAbsolutePath().getParent())) {
      if (Files.isRegularFile(place.resolve(TOKENIZER))) {
        return place.resolve(TOKENIZER);
      }
    }
    List<Path> found = files(folder, TOKENIZER);
    check(
        found.size() == 1,
        folder.toString(),
        TOKENIZER + " of a fast tokenizer (AutoTokenizer.from_pretrained(…).save_pretrained(…))",
        found.isEmpty() ? "none" : found);
    return found.get(0);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  private static String kind(Path tokenizerFile) throws IOException {
    String kind = json(tokenizerFile).path("model").path("type").asText();
    check(!kind.isEmpty(), tokenizerFile.toString(), "a tokenizer with model.type", "none");
    return kind;
  }

  /** The stages that texts go through; empty if the folder does not name them. */
  private static List<JsonNode> modules(Path folder) throws IOException {
    List<JsonNode> modules = new ArrayList<>();
    for (JsonNode module : json(folder.resolve("modules.json"))) {
      String type = type(module);
      check(
          List.of("Transformer", "Pooling", "Normalize").contains(type),
          folder.resolve("modules.json").toString(),
          "the modules Transformer, Pooling and Normalize",
          type);
      modules.add(module);
    }
    return modules;
  }

  private static String type(JsonNode module) {
    String type = module.path("type").asText();
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static boolean has(List<JsonNode> modules, String type) {
    return modules.stream().anyMatch(module -> type(module).equals(type));
  }

  private static String poolingFolder(List<JsonNode> modules) {
    return modules.stream()
        .filter(module -> type(module).equals("Pooling"))
        .map(module -> module.path("path").asText())
        .findFirst()
        .orElse("1_Pooling");
  }

  private static String pooling(Path folder, JsonNode config) {
    check(
        !config.isMissingNode(),
        folder.toString(),
        "1_Pooling/config.json or --pooling",
        "neither");
    List<String> modes = new ArrayList<>();
    config
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().startsWith("pooling_mode_") && entry.getValue().asBoolean()) {
                modes.add(entry.getKey().substring("pooling_mode_".length()));
              }
            });
    if (config.path("pooling_mode").isTextual()) {
      modes.add(config.path("pooling_mode").asText());
    }
    Optional<String> known =
        modes.size() == 1
            ? EncoderReference.POOLINGS.stream()
                .filter(pooling -> modes.get(0).matches(pooling + "(_tokens?)?"))
                .findFirst()
            : Optional.empty();
    check(known.isPresent(), folder + ": pooling", "one of " + EncoderReference.POOLINGS, modes);
    return known.get();
  }

  private static int dimension(Path folder, EncoderGraph graph, JsonNode pooling)
      throws IOException {
    OptionalInt promised = integer(pooling, "word_embedding_dimension", "embedding_dimension");
    OptionalInt found =
        graph.width().isPresent()
            ? graph.width()
            : integer(json(folder.resolve("config.json")), "hidden_size", "dim", "d_model");
    OptionalInt width = found.isPresent() ? found : promised;
    check(
        width.isPresent(),
        folder.toString(),
        "a width: of the model's output, hidden_size of config.json or word_embedding_dimension of"
            + " 1_Pooling/config.json",
        "none");
    check(
        promised.isEmpty() || promised.getAsInt() == width.getAsInt(),
        folder + ": width",
        promised.orElse(0) + " as 1_Pooling/config.json says",
        width.getAsInt() + " of the model");
    return width.getAsInt();
  }

  private static TextPrefixes prefixes(Path folder, EncoderChoices choices) throws IOException {
    JsonNode prompts = json(folder.resolve("config_sentence_transformers.json")).path("prompts");
    return new TextPrefixes(
        choices.queryPrefix().orElseGet(() -> prompt(prompts, "query")),
        choices.examplePrefix().orElseGet(() -> prompt(prompts, "passage", "document")));
  }

  private static String prompt(JsonNode prompts, String... names) {
    return Stream.of(names)
        .map(name -> prompts.path(name).asText(""))
        .filter(prompt -> !prompt.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The limit that the folder names, in steps that the runtime pads to. */
  private static int maxTokens(Path folder, EncoderChoices choices) throws IOException {
    if (choices.maxTokens().isPresent()) {
      return choices.maxTokens().getAsInt();
    }
    OptionalInt limit =
        integer(json(folder.resolve("sentence_bert_config.json")), "max_seq_length");
    if (limit.isEmpty()) {
      limit = integer(json(folder.resolve("tokenizer_config.json")), "model_max_length");
    }
    int most = Math.min(MAX_TOKENS, limit.orElse(MAX_TOKENS));
    return Math.max(TOKENS_STEP, most / TOKENS_STEP * TOKENS_STEP);
  }

  /** The first of the fields that is there; some limits are written as 10³⁰. */
  private static OptionalInt integer(JsonNode node, String... fields) {
    for (String field : fields) {
      if (node.path(field).isNumber()) {
        double value = node.path(field).asDouble();
        return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value));
      }
    }
    return OptionalInt.empty();
  }

  /** A file's content; missing if there is no such file. */
  private static JsonNode json(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": expected JSON, found: " + e.getOriginalMessage(), e);
    }
  }

  /** The name of a folder as names of encoders are written. */
  public static String nameOf(Path folder) {
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("^[.-]+", "");
  }
}
