package dev.hyperflow.server.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.http.RouteTable;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A listening server whose {@code POST /echo} repeats the body; asked byte by byte. */
final class RawServer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final JettyServer server;

  RawServer(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "http://registry");
    settings.put("http.port", "0");
    settings.putAll(changes);
    Route.Doc doc = Route.Doc.file("");
    this.server =
        JettyServer.start(
            ApplicationConfig.of(settings).http(),
            Optional.empty(),
            new Dispatcher(
                new RouteTable(
                    List.of(
                        Route.post(
                            "/echo",
                            Route.Access.PUBLIC,
                            doc,
                            call -> new Reply(200, Reply.JSON, Map.of(), call.body())),
                        Route.get("/", Route.Access.PUBLIC, doc, RawServer::here),
                        Route.get("/api/here", Route.Access.PUBLIC, doc, RawServer::here))),
                authorization -> Grant.ALL,
                call -> Optional.empty()));
  }

  private static Reply here(Call call) {
    return Reply.ok(Map.of("here", true));
  }

  /** A connection whose reads do not wait for ever. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** All that comes back for some bytes, until the connection is closed. */
  String send(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
