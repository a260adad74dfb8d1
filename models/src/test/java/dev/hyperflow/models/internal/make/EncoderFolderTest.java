package dev.hyperflow.models.internal.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TinyEncoders;
import dev.hyperflow.models.internal.TinyEncoders.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderFolderTest {

  private static final int WIDTH = 12;

  @TempDir Path folder;

  @BeforeEach
  void write() {
    TinyEncoders.folder(folder, Tokens.WORD_PIECE, WIDTH, "cls");
  }

  @Test
  void shouldReadWhatSentenceTransformersWrites() throws IOException {
    EncoderFolder found = EncoderFolder.read(folder, EncoderChoices.none());

    assertThat(found.model()).isEqualTo(folder.resolve("onnx/model.onnx"));
    assertThat(found.tokenizerKind()).isEqualTo("WordPiece");
    assertThat(found.graph().output()).isEqualTo("last_hidden_state");
    assertThat(found.dimension()).isEqualTo(WIDTH);
    assertThat(found.pooling()).isEqualTo("cls");
    assertThat(found.normalise()).isTrue();
    assertThat(found.prefixes()).isEqualTo(TextPrefixes.NONE);
    // 30 tokens, in steps of 8
    assertThat(found.maxTokens()).isEqualTo(24);
  }

  @Test
  void shouldReadTheOtherWaysToSayIt() throws IOException {
    file("1_Pooling/config.json", "{'embedding_dimension': 12, 'pooling_mode': 'mean'}");
    file("modules.json", "[{'type': 'Transformer'}, {'type': 'Pooling', 'path': '1_Pooling'}]");
    file("sentence_bert_config.json", "{}");
    file("tokenizer_config.json", "{'model_max_length': 1e30}");
    file(
        "config_sentence_transformers.json",
        "{'prompts': {'query': 'query: ', 'document': 'passage: '}}");
    Files.move(folder.resolve("tokenizer.json"), folder.resolve("tiny-tokenizer.json"));
    Files.delete(folder.resolve("onnx/model.onnx"));
    TinyEncoders.write(folder, "tiny.onnx", TinyEncoders.model(WIDTH, false, "token_embeddings"));

    EncoderFolder found = EncoderFolder.read(folder, EncoderChoices.none());

    assertThat(found.graph().output()).isEqualTo("token_embeddings");
    assertThat(found.pooling()).isEqualTo("mean");
    assertThat(found.normalise()).isFalse();
    assertThat(found.prefixes()).isEqualTo(new TextPrefixes("query: ", "passage: "));
    assertThat(found.maxTokens()).isEqualTo(512);
  }

  @Test
  void shouldBelieveSomebodyMoreThanTheFolder() throws IOException {
    Files.delete(folder.resolve("1_Pooling/config.json"));
    Files.delete(folder.resolve("modules.json"));
    EncoderChoices choices =
        new EncoderChoices(
            Optional.of(Path.of("onnx/model.onnx")),
            Optional.of("mean"),
            Optional.of(false),
            Optional.of("q "),
            Optional.of("e "),
            OptionalInt.of(16));

    EncoderFolder found = EncoderFolder.read(folder, choices);

    assertThat(found.pooling()).isEqualTo("mean");
    assertThat(found.normalise()).isFalse();
    assertThat(found.prefixes()).isEqualTo(new TextPrefixes("q ", "e "));
    assertThat(found.maxTokens()).isEqualTo(16);
  }

  @Test
  void shouldRefuseWhatItCannotUseInOneLine() {
    refuses(f -> delete("tokenizer.json"), ": expected tokenizer.json of a fast tokenizer");
    refuses(f -> delete("onnx/model.onnx"), ": expected model.onnx, onnx/model.onnx or one other");
    refuses(
        f -> {
          delete("onnx/model.onnx");
          file("a.onnx", "a");
          file("b.onnx", "b");
        },
        "choose one with --model");
    refuses(f -> file("onnx/model.onnx", "no model"), "model.onnx: expected an ONNX model, found");
    refuses(f -> delete("1_Pooling/config.json"), ": expected 1_Pooling/config.json or --pooling");
    refuses(
        f -> file("1_Pooling/config.json", "{'pooling_mode_max_tokens': true}"),
        "pooling: expected one of [mean, cls], found [max_tokens]");
    refuses(
        f ->
            file(
                "1_Pooling/config.json",
                "{'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': true}"),
        "pooling: expected one of [mean, cls], found [cls_token, mean_tokens]");
    refuses(
        f ->
            file(
                "1_Pooling/config.json",
                "{'word_embedding_dimension': 768, 'pooling_mode_cls_token': true}"),
        "width: expected 768 as 1_Pooling/config.json says, found 12 of the model");
    refuses(
        f -> file("modules.json", "[{'type': 'sentence_transformers.models.Dense'}]"),
        "modules.json: expected the modules Transformer, Pooling and Normalize, found Dense");
    refuses(f -> file("modules.json", "no JSON"), "modules.json: expected JSON, found");
    refuses(f -> file("tokenizer.json", "{}"), "expected a tokenizer with model.type, found none");
    refuses(
        f -> {
          file("config_sentence_transformers.json", "{'prompts': {'query': 'query: '}}");
          file(
              "1_Pooling/config.json",
              "{'pooling_mode_mean_tokens': true, 'include_prompt': false}");
        },
        "include_prompt: expected true, as prefixes are pooled, found false");
  }

  private void refuses(Consumer<Path> breakage, String message) {
    TinyEncoders.folder(folder, Tokens.WORD_PIECE, WIDTH, "cls");
    breakage.accept(folder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncoderFolder.read(folder, EncoderChoices.none()))
        .withMessageContaining(message)
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasLineCount(1));
  }

  private void file(String name, String json) {
    TinyEncoders.write(folder, name, json);
  }

  private void delete(String name) {
    assertThat(folder.resolve(name).toFile().delete()).isTrue();
  }
}
