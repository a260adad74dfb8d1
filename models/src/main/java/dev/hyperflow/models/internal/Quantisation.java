package dev.hyperflow.models.internal;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an encoder that multiplies whole numbers was made of one that multiplies floats.
 *
 * @param weights {@value #INT8}: a byte for each weight, with a step for each column
 * @param activations {@value #STATIC}: a byte for each number, with one step for all texts
 * @param source SHA-256 of the ONNX file that it was made of
 * @param corpus what the steps of activations were found with, in words
 */
public record Quantisation(
    @JsonProperty(required = true) String weights,
    @JsonProperty(required = true) String activations,
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) String corpus) {

  /** Weights of one byte. */
  public static final String INT8 = "int8";

  /** Activations of one byte whose steps are constants of the model. */
  public static final String STATIC = "static";

  private static final String FIELD = "encoder.quantisation.";

  public Quantisation {
    Check.check(INT8.equals(weights), FIELD + "weights", INT8, weights);
    Check.check(STATIC.equals(activations), FIELD + "activations", STATIC, activations);
    Check.sha256(FIELD + "source", source);
    Check.text(FIELD + "corpus", corpus);
  }

  /** Of an encoder with weights of one byte and constant steps. */
  public static Quantisation of(String source, String corpus) {
    return new Quantisation(INT8, STATIC, source, corpus);
  }
}
