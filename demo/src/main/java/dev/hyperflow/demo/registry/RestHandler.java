package dev.hyperflow.demo.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between HTTP and {@link RestApi}: bodies, statuses, error documents. Thread-safe. */
final class RestHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RestHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int MAX_BODY_BYTES = 4 << 20;
  private static final int UNPROCESSABLE = 422;

  private final RestApi api;

  RestHandler(RestApi api) {
    this.api = api;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status;
      Object answer;
      try {
        answer = api.answer(RestRequest.of(exchange, body(exchange)));
        status = 200;
      } catch (RegistryException e) {
        status = e.status();
        answer = error(e.errorCode(), e.reason());
      } catch (RestException e) {
        status = e.status();
        answer = error(e.status(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.atError()
            .setCause(e)
            .log("Failed on {} {}", exchange.getRequestMethod(), exchange.getRequestURI());
        status = 500;
        answer = error(50001, "Internal error: " + e);
      }
      byte[] bytes = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw new RestException(413, "Body is larger than %d bytes".formatted(MAX_BODY_BYTES));
    }
    if (bytes.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new RestException(UNPROCESSABLE, "Body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, Object> error(int code, String message) {
    return Map.of("error_code", code, "message", message);
  }
}
