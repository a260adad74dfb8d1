package dev.hyperflow.models.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes {@code manifest.json}. Strict: what it does not know, it refuses. */
public final class ManifestJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** The same bytes on every platform: two spaces, line feeds, one at the end. */
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter()
          .withObjectIndenter(new DefaultIndenter("  ", "\n"))
          .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance);

  /** Fields of bundles whose steps are supported no more. */
  private static final Set<String> REMOVED = Set.of("tolerance", "earlyStop");

  private ManifestJson() {}

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException in one line: field, expectation, value
   */
  public static Manifest read(byte[] json) {
    try {
      Manifest manifest = JSON.readValue(json, Manifest.class);
      Check.check(manifest != null, "manifest", "an object", "null");
      return manifest;
    } catch (UnrecognizedPropertyException e) {
      if (REMOVED.contains(path(e))) {
        throw new IllegalArgumentException(
            path(e) + ": expected none (make the bundle again with bundle create), found one", e);
      }
      throw new IllegalArgumentException(
          "%s: expected one of %s, found an unknown field"
              .formatted(path(e), e.getKnownPropertyIds().stream().sorted().toList()),
          e);
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalArgumentException(path(e) + ": " + firstLine(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "line %d: expected JSON, found: %s".formatted(e.getLocation().getLineNr(), firstLine(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes UTF-8; equal manifests give equal bytes, which {@link #read} takes. */
  public static byte[] write(Manifest manifest) {
    try {
      String text = JSON.writer(PRINTER).writeValueAsString(manifest) + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("manifest: expected a value that JSON can hold", e);
    }
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "manifest" : path;
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("no detail");
  }
}
