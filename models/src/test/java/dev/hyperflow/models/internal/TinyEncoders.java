package dev.hyperflow.models.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Encoders with a vocabulary of a few words. A token's vector is random, plus half the mean of all
 * tokens of the text.
 */
public final class TinyEncoders {

  /** Kinds of tokenizers. */
  public enum Tokens {
    WORD_PIECE,
    UNIGRAM,
    BYTE_LEVEL,
    BYTE_FALLBACK
  }

  /** All words that the tokenizers know. */
  public static final List<String> WORDS =
      List.of("lost", "card", "refund", "money", "order", "late", "query", "passage", ":", "null");

  private static final int VOCABULARY = 600;
  private static final String META = "\u2581";
  private static final String[] SPECIAL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]"};
  private static final ObjectMapper JSON = new ObjectMapper();

  private TinyEncoders() {}

  /**
   * Writes a folder as sentence-transformers does, for a model that pools by the first token or the
   * mean of all.
   */
  public static Path folder(Path folder, Tokens kind, int dimension, String pooling) {
    boolean cls = pooling.equals("cls");
    write(folder, "onnx/model.onnx", model(dimension));
    write(folder, "tokenizer.json", tokenizer(kind));
    write(folder, "sentence_bert_config.json", "{'max_seq_length': 30, 'do_lower_case': false}");
    write(
        folder,
        "1_Pooling/config.json",
        "{'word_embedding_dimension': %d, 'pooling_mode_cls_token': %s, 'pooling_mode_mean_tokens':"
                .formatted(dimension, cls)
            + " %s, 'pooling_mode_max_tokens': false}".formatted(!cls));
    write(
        folder,
        "modules.json",
        "[{'idx': 0, 'path': '', 'type': 'sentence_transformers.models.Transformer'},"
            + "{'idx': 1, 'path': '1_Pooling', 'type': 'sentence_transformers.models.Pooling'},"
            + "{'idx': 2, 'path': '2_Normalize', 'type': 'sentence_transformers.models.Normalize'}]");
    return folder;
  }

  /** Writes a file of a folder; apostrophes become quotation marks. */
  public static void write(Path folder, String file, String json) {
    write(folder, file, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file of a folder. */
  public static void write(Path folder, String file, byte[] content) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.write(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The vector, of length 1, of a text of these tokens. */
  public static float[] vector(int dimension, String pooling, int... ids) {
    float[][] table = table(dimension);
    double[] vector = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      double mean = 0;
      for (int id : ids) {
        mean += table[id][d] / ids.length;
      }
      vector[d] = (pooling.equals("cls") ? table[ids[0]][d] : mean) + mean / 2;
    }
    double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    float[] unit = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      unit[d] = (float) (vector[d] / length);
    }
    return unit;
  }

  private static float[][] table(int dimension) {
    Random random = new Random(7);
    float[][] table = new float[VOCABULARY][dimension];
    for (float[] row : table) {
      for (int d = 0; d < dimension; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return table;
  }

  /** A model whose output is called {@code last_hidden_state} and that takes token types. */
  public static byte[] model(int dimension) {
    return model(dimension, true, "last_hidden_state");
  }

  /** A model of so many features. */
  public static byte[] model(int dimension, boolean tokenTypes, String output) {
    TensorProto.Builder table = tensor("table", TensorProto.DataType.FLOAT, VOCABULARY, dimension);
    for (float[] row : table(dimension)) {
      for (float value : row) {
        table.addFloatData(value);
      }
    }
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("tiny")
            .addInput(value("input_ids", TensorProto.DataType.INT64, -1, -1))
            .addInput(value("attention_mask", TensorProto.DataType.INT64, -1, -1))
            .addOutput(value(output, TensorProto.DataType.FLOAT, -1, -1, dimension))
            .addInitializer(table)
            .addInitializer(tensor("half", TensorProto.DataType.FLOAT, 1).addFloatData(0.5f))
            .addInitializer(tensor("last", TensorProto.DataType.INT64, 1).addInt64Data(2))
            .addInitializer(tensor("middle", TensorProto.DataType.INT64, 1).addInt64Data(1))
            .addNode(node("Gather", "tokens", "table", "input_ids"))
            .addNode(
                node("Cast", "mask", "attention_mask")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("to")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(TensorProto.DataType.FLOAT.getNumber())))
            .addNode(node("Unsqueeze", "column", "mask", "last"))
            .addNode(node("Unsqueeze", "row", "mask", "middle"))
            .addNode(node("MatMul", "sum", "row", "tokens"))
            .addNode(node("ReduceSum", "count", "column", "middle"))
            .addNode(node("Div", "mean", "sum", "count"))
            .addNode(node("Mul", "context", "mean", "half"))
            .addNode(node("Add", output, "tokens", "context"));
    if (tokenTypes) {
      graph.addInput(value("token_type_ids", TensorProto.DataType.INT64, -1, -1));
    }
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long axis : axes) {
      TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(axis < 0 ? dim.setDimParam("any" + shape.getDimCount()) : dim.setDimValue(axis));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  /** The content of a {@code tokenizer.json}. */
  public static byte[] tokenizer(Tokens kind) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.length; id++) {
      added
          .addObject()
          .put("id", id)
          .put("content", SPECIAL[id])
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.set("normalizer", parse("null"));
    root.set("post_processor", parse(AROUND));
    switch (kind) {
      case WORD_PIECE -> {
        root.set(
            "normalizer",
            parse(
                "{'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,"
                    + "'strip_accents':null,'lowercase':true}"));
        root.set("pre_tokenizer", parse("{'type':'BertPreTokenizer'}"));
        root.set("decoder", parse("{'type':'WordPiece','prefix':'##','cleanup':true}"));
        root.set("model", wordPiece());
      }
      case UNIGRAM -> {
        root.set("pre_tokenizer", parse(METASPACE));
        root.set("decoder", parse(METASPACE));
        root.set("model", unigram());
      }
      case BYTE_LEVEL -> {
        String stage =
            "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}";
        root.set("pre_tokenizer", parse(stage));
        root.set("decoder", parse(stage));
        root.set("model", pairs("\u0120", false));
      }
      case BYTE_FALLBACK -> {
        root.set("pre_tokenizer", parse(METASPACE));
        root.set("decoder", parse(METASPACE));
        root.set("model", pairs(META, true));
      }
    }
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String METASPACE =
      "{'type':'Metaspace','replacement':'" + META + "','prepend_scheme':'always','split':true}";

  private static final String AROUND =
      "{'type':'TemplateProcessing',"
          + "'single':[{'SpecialToken':{'id':'[CLS]','type_id':0}},"
          + "{'Sequence':{'id':'A','type_id':0}},{'SpecialToken':{'id':'[SEP]','type_id':0}}],"
          + "'pair':[{'Sequence':{'id':'A','type_id':0}},{'Sequence':{'id':'B','type_id':1}}],"
          + "'special_tokens':{'[CLS]':{'id':'[CLS]','ids':[2],'tokens':['[CLS]']},"
          + "'[SEP]':{'id':'[SEP]','ids':[3],'tokens':['[SEP]']}}}";

  private static ObjectNode wordPiece() {
    ObjectNode model =
        JSON.createObjectNode()
            .put("type", "WordPiece")
            .put("unk_token", "[UNK]")
            .put("continuing_subword_prefix", "##")
            .put("max_input_chars_per_word", 100);
    ObjectNode vocab = model.putObject("vocab");
    addAll(vocab, List.of(SPECIAL));
    addAll(vocab, WORDS);
    return model;
  }

  private static ObjectNode unigram() {
    ObjectNode model =
        JSON.createObjectNode().put("type", "Unigram").put("unk_id", 1).put("byte_fallback", false);
    ArrayNode vocab = model.putArray("vocab");
    for (String token : SPECIAL) {
      vocab.addArray().add(token).add(0.0);
    }
    vocab.addArray().add(META).add(-5.0);
    for (String word : WORDS) {
      vocab.addArray().add(META + word).add(-1.0);
    }
    return model;
  }

  /** Byte-pair encoding whose merges end in the words, with a sign for the space before them. */
  private static ObjectNode pairs(String space, boolean fallback) {
    ObjectNode model =
        JSON.createObjectNode()
            .put("type", "BPE")
            .put("fuse_unk", false)
            .put("byte_fallback", fallback);
    model.putNull("dropout");
    model.set("unk_token", fallback ? JSON.getNodeFactory().textNode("[UNK]") : parse("null"));
    ObjectNode vocab = model.putObject("vocab");
    addAll(vocab, List.of(SPECIAL));
    int next = 0x100;
    for (int value = 0; value < 0x100; value++) {
      boolean printable =
          (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xff && value != 0xad);
      char written = (char) (printable ? value : next++);
      addAll(vocab, List.of(fallback ? "<0x%02X>".formatted(value) : Character.toString(written)));
    }
    ArrayNode merges = model.putArray("merges");
    addAll(vocab, List.of(space));
    for (String word : WORDS) {
      String soFar = space;
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        addAll(vocab, List.of(Character.toString(c)));
        if (!vocab.has(soFar + c)) {
          merges.add(soFar + " " + c);
        }
        soFar += c;
        addAll(vocab, List.of(soFar));
      }
    }
    return model;
  }

  private static void addAll(ObjectNode vocab, List<String> tokens) {
    for (String token : tokens) {
      if (!vocab.has(token)) {
        vocab.put(token, vocab.size());
      }
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
