package dev.hyperflow.demo.proof;

import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.events.QueryEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.avro.Schema;

/**
 * A schema registry that goes away and comes back on its port with what it knew. Can give the
 * schema of queries a new id, so that readers must ask for it. Thread-safe.
 */
final class RegistryServer implements AutoCloseable {

  private static final int ID_AT = 1;

  private final Path file;
  private final int port;
  private EmbeddedRegistry registry;
  private int ids;
  private int queryId;

  private RegistryServer(Path file, int port) {
    this.file = file;
    this.port = port;
    this.registry = EmbeddedRegistry.start(port, file);
  }

  static RegistryServer start(Path directory) {
    return new RegistryServer(directory.resolve("registry.json"), Ports.free());
  }

  synchronized String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Goes away. */
  synchronized void goAway() {
    registry.close();
  }

  /** Comes back. */
  synchronized void comeBack() {
    registry = EmbeddedRegistry.start(port, file);
  }

  /** Gives the schema of queries a new id, which {@link #stamp} uses from now on. */
  synchronized void renewQuerySchema() throws IOException, InterruptedException {
    Schema schema = new Schema.Parser().parse(QueryEvent.getClassSchema().toString());
    schema.addProp("edition", ++ids);
    String quoted = '"' + schema.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url() + "/subjects/edition-" + ids + "/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":" + quoted + "}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("registry: " + response.body());
    }
    queryId = Integer.parseInt(response.body().replaceFirst(".*?\"id\":(\\d+).*", "$1"));
  }

  /** Writes the newest id into a query's value. */
  synchronized byte[] stamp(byte[] query) {
    if (queryId != 0) {
      ByteBuffer.wrap(query).putInt(ID_AT, queryId);
    }
    return query;
  }

  @Override
  public synchronized void close() {
    registry.close();
  }
}
