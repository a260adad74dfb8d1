package dev.hyperflow.models.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an encoder that multiplies shorter numbers was made of one that multiplies floats.
 *
 * @param weights {@value #INT8}: a byte for each weight, with a step for each column. {@value
 *     #FP16}: 16 bits for each weight
 * @param activations {@value #STATIC}: a byte for each number, with one step for all texts. {@value
 *     #FP16}: 16 bits for each number
 * @param source SHA-256 of the ONNX file that it was made of
 * @param corpus what the steps of activations were found with, in words; null without steps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Quantisation(
    @JsonProperty(required = true) String weights,
    @JsonProperty(required = true) String activations,
    @JsonProperty(required = true) String source,
    String corpus) {

  /** Weights of one byte. */
  public static final String INT8 = "int8";

  /** Numbers of 16 bits. */
  public static final String FP16 = "fp16";

  /** Activations of one byte whose steps are constants of the model. */
  public static final String STATIC = "static";

  private static final String FIELD = "encoder.quantisation.";

  public Quantisation {
    boolean fp16 = FP16.equals(weights);
    Check.check(fp16 || INT8.equals(weights), FIELD + "weights", "int8 or fp16", weights);
    String matching = fp16 ? FP16 : STATIC;
    Check.check(matching.equals(activations), FIELD + "activations", matching, activations);
    Check.sha256(FIELD + "source", source);
    if (fp16) {
      Check.check(corpus == null, FIELD + "corpus", "none", corpus);
    } else {
      Check.text(FIELD + "corpus", corpus);
    }
  }

  /** Of an encoder with weights of one byte and constant steps. */
  public static Quantisation int8(String source, String corpus) {
    return new Quantisation(INT8, STATIC, source, corpus);
  }

  /** Of an encoder that multiplies numbers of 16 bits. */
  public static Quantisation fp16(String source) {
    return new Quantisation(FP16, FP16, source, null);
  }
}
