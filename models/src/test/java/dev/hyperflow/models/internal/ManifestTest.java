package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

  private static final String HASH = "0123456789abcdef".repeat(4);

  private static final String VALID =
      """
      {
        "formatVersion" : 1,
        "name" : "shop-v1",
        "description" : "For a shop.",
        "featureDimension" : 384,
        "integrator" : "euler",
        "steps" : 8,
        "horizon" : 8.0,
        "buckets" : {
          "labels" : [ 8, 32 ],
          "support" : [ 8, 12 ],
          "batch" : [ 1, 4 ]
        },
        "initialHead" : {
          "kind" : "prototype",
          "scale" : 0.5,
          "bias" : "nearest-mean"
        },
        "calibration" : {
          "temperature" : 0.25
        },
        "encoder" : {
          "id" : "mini",
          "model" : "classpath:mini.onnx",
          "modelSha256" : "HASH",
          "tokenizer" : "encoder/tokenizer.json",
          "tokenizerSha256" : "HASH",
          "pooling" : "mean",
          "normalise" : true,
          "maxTokens" : 256,
          "dimension" : 384
        },
        "files" : {
          "drift.onnx" : "HASH",
          "integrate.onnx" : "HASH"
        },
        "provenance" : {
          "data" : [ "clinc150" ],
          "seed" : 7,
          "objective" : "end-to-end",
          "seconds" : 120.5,
          "bytes" : 1000,
          "evaluation" : {
            "accuracy" : 0.9
          }
        },
        "licence" : "Apache-2.0"
      }
      """
          .replace("HASH", HASH);

  @Test
  void shouldWriteTheBytesItRead() {
    // Given
    Manifest manifest = read(VALID);

    // Then
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8)).isEqualTo(VALID);
    assertThat(manifest.featureDimension()).isEqualTo(FeatureDimension.of(384));
    assertThat(manifest.encoderReference()).isPresent();
    assertThat(manifest.driftEvaluations()).isEqualTo(9);
  }

  @Test
  void shouldReadAnyDimensionAndNoEncoder() {
    Manifest tiny =
        Fixtures.manifest(new TreeMap<>(Map.of("drift.onnx", HASH, "integrate.onnx", HASH)));
    String json = new String(ManifestJson.write(tiny), StandardCharsets.UTF_8);
    assertThat(json).contains("\"featureDimension\" : \"any\"").doesNotContain("encoder");
    assertThat(read(json)).isEqualTo(tiny);
  }

  @Test
  void shouldReadHowABundleWasTrained() {
    // Given
    String training =
        """
        "evaluation" : {
              "accuracy" : 0.9
            },
            "training" : {
              "command" : "./hyperflow train --data shop.tsv --out shop-v1",
              "dataSha256" : {
                "shop" : "HASH"
              },
              "steps" : 1500,
              "examples" : 2000000,
              "peakMemoryBytes" : 1000000000
            }"""
            .replace("HASH", HASH);
    String json =
        VALID.replaceAll("\"evaluation\" : \\{[^}]*}", Matcher.quoteReplacement(training));

    // When
    Manifest manifest = read(json);

    // Then
    assertThat(manifest.provenance().training().steps()).isEqualTo(1500);
    assertThat(read(VALID).provenance().training()).isNull();
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8)).isEqualTo(json);
  }

  @Test
  void shouldReadTheFitOfProbabilities() {
    // Given
    String json =
        VALID.replace(
            "\"temperature\" : 0.25",
            """
            "temperature" : 0.25,
                "size" : {
                  "scarcity" : -0.5,
                  "labels" : 0.15
                },
                "scope" : {
                  "temperature" : 0.05,
                  "scale" : 13.5,
                  "offset" : 12.5
                }"""
                .stripIndent());

    // When
    Manifest manifest = read(json);

    // Then
    assertThat(manifest.probabilities())
        .isEqualTo(
            Calibration.of(0.25, new SizeEffect(-0.5, 0.15))
                .withScope(ScopeScore.of(0.5, new Manifest.Scope(0.05, 13.5, 12.5))));
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8)).isEqualTo(json);
    assertThat(read(VALID).probabilities()).isEqualTo(Calibration.of(0.25));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json.replace("nearest-mean", "zero")))
        .withMessage(
            "calibration.scope: expected none, as initialHead.bias is not nearest-mean,"
                + " found one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"weights\" : \"int8\", \"activations\" : \"static\", \"corpus\" : \"texts of a shop\"",
        "\"weights\" : \"fp16\", \"activations\" : \"fp16\"",
      })
  void shouldReadHowAnEncoderWasQuantised(String fields) {
    // Given
    String quantisation = "\"quantisation\" : { \"source\" : \"%s\", %s },".formatted(HASH, fields);

    // When
    Manifest manifest = read(VALID.replace("\"maxTokens\"", quantisation + "\"maxTokens\""));

    // Then
    assertThat(fields).contains("\"" + manifest.encoder().quantisation().weights() + "\"");
    String json = new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    assertThat(json.contains("corpus")).isEqualTo(fields.contains("corpus"));
    assertThat(read(json)).isEqualTo(manifest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"formatVersion\" : 1 | \"formatVersion\" : 2 | formatVersion: expected 1, found 2",
        "\"steps\" : 8 | \"steps\" : 0 | steps: expected 1 to 1000, found 0",
        "\"steps\" : 8 | \"steps\" : 8.5 | steps: ",
        "\"steps\" : 8 | \"steps\" : \"8\" | steps: ",
        "\"steps\" : 8 | \"steps\" : 8, \"stepz\" : 9 | stepz: expected one of [blocks, buckets, ",
        "\"steps\" : 8, | `` | steps: Missing required creator property",
        "\"steps\" : 8 | \"steps\" : 8, \"steps\" : 9 | expected JSON, found: Duplicate field",
        "0.25 | 0.25, \"tau\" : 1 | calibration.tau: expected one of [scope, size, temperature]",
        "0.25 | 0.25, \"size\" : {\"scarcity\":0,\"labels\":11} | calibration.size.labels: expected -10 to 10, found 11.0",
        "0.25 | 0.0 | calibration.temperature: expected 0.001 to 1000.0, found 0.0",
        "0.25 | 0.25, \"scope\" : {\"scale\":1,\"offset\":0} | calibration.scope.temperature: Missing",
        "0.25 | 0.25, \"scope\" : {\"temperature\":0,\"scale\":1,\"offset\":0} | calibration.scope.temperature: expected above 0 and at most 10, found 0.0",
        "0.25 | 0.25, \"scope\" : {\"temperature\":1,\"scale\":-1,\"offset\":0} | calibration.scope.scale: expected above 0 and at most 10000, found -1.0",
        "0.25 | 0.25, \"scope\" : {\"temperature\":1,\"scale\":1,\"offset\":1e9} | calibration.scope.offset: expected -10000 to 10000, found 1.0E9",
        "\"horizon\" : 8.0 | \"horizon\" : -1 | horizon: expected above 0 and at most 1000",
        "\"horizon\" : 8.0 | \"horizon\" : \"NaN\" | horizon: ",
        "\"euler\" | \"rk4\" | integrator: expected euler (make the bundle again with bundle create), found rk4",
        "8.0, | 8.0, \"tolerance\" : 0.1, | tolerance: expected none (make the bundle again",
        "8.0, | 8.0, \"earlyStop\" : 0.01, | earlyStop: expected none (make the bundle again",
        "\"prototype\" | \"zero\" | initialHead.kind: expected prototype, found zero",
        "\"nearest-mean\" | \"none\" | initialHead.bias: expected zero or nearest-mean, found none",
        "shop-v1 | Shop V1 | name: expected a match of",
        "[ 8, 32 ] | [ 8, 33 ] | buckets.labels: expected to contain 32, found [8, 33]",
        "[ 8, 32 ] | [ 32, 100 ] | buckets.labels: expected to contain 64, found [32, 100]",
        "[ 8, 32 ] | [ 32, 64, 300 ] | buckets.labels: expected ascending sizes from 1 to 200",
        "[ 8, 12 ] | [ 12, 8 ] | buckets.support: expected ascending sizes",
        "[ 8, 12 ] | [ ] | buckets.support: expected at least one size",
        "[ 1, 4 ] | [ 2, 4 ] | buckets.batch: expected to start with 1, found [2, 4]",
        "384, | 384.5, | featureDimension: expected an integer or \"any\"",
        "384, | \"some\", | featureDimension: expected an integer or \"any\"",
        "384, | 0, | featureDimension: expected 1 to 65536, found 0",
        "encoder/tokenizer.json | ../tokenizer.json | encoder.tokenizer: expected a relative path",
        "encoder/tokenizer.json | /etc/passwd | encoder.tokenizer: expected a relative path",
        "encoder/tokenizer.json | a/../../b | encoder.tokenizer: expected a relative path",
        "classpath:mini.onnx | http://x/mini.onnx | encoder.model: expected a relative path",
        "\"maxTokens\" : 256 | \"maxTokens\" : 250 | encoder.maxTokens: expected a multiple of 8",
        "\"maxTokens\" : 256 | \"maxTokens\" : 256, \"quantisation\" : {\"weights\":\"int4\",\"activations\":\"static\",\"source\":\"\"} | encoder.quantisation.weights: expected int8 or fp16, found int4",
        "\"mean\" | \"max\" | encoder.pooling: expected one of [mean, cls], found max",
        "\"drift.onnx\" : \"0123 | \"drift.onnx\" : \"0_23 | files.drift.onnx: expected 64 lower-case",
        "\"drift.onnx\" | \"drift2.onnx\" | files: expected an entry for drift.onnx",
        "120.5 | -1 | provenance.seconds: expected at least 0",
        "\"Apache-2.0\" | \" \" | licence: expected a text",
      })
  void shouldRefuse(String valid, String invalid, String message) {
    assertThat(VALID).contains(valid);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(VALID.replace(valid, invalid)))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void shouldRefuseNothingInThePlaceOfAManifest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("null"))
        .withMessage("manifest: expected an object, found null");
  }

  private static Manifest read(String json) {
    return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
