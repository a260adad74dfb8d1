package dev.hyperflow.server.routes;

import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The page and its files, from the class path. */
final class PageRoutes {
  private static final String ROOT = "/dev/hyperflow/server/web/";
  private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9_-]*(\\.[a-z0-9]+)+");
  private static final Pattern FOLDER = Pattern.compile("[a-z]+");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "json", "application/json");

  List<Route> routes() {
    return List.of(
        page("/", call -> file("index.html")),
        page("/assets/{file}", call -> file("assets/" + name(call.path().get("file")))),
        page(
            "/assets/{folder}/{file}",
            call ->
                file(
                    "assets/%s/%s"
                        .formatted(
                            folder(call.path().get("folder")), name(call.path().get("file"))))),
        page("/favicon.ico", call -> file("favicon.ico")),
        page("/{file}", call -> file(name(call.path().get("file")))));
  }

  private static Route page(String path, Route.Handler handler) {
    return Route.get(path, Route.Access.PUBLIC, Route.Doc.file("The page"), handler);
  }

  private static String name(String wanted) {
    if (!FILE.matcher(wanted).matches()) {
      throw notFound();
    }
    return wanted;
  }

  private static String folder(String wanted) {
    if (!FOLDER.matcher(wanted).matches()) {
      throw notFound();
    }
    return wanted;
  }

  private static Reply file(String path) {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    try (InputStream in = PageRoutes.class.getResourceAsStream(ROOT + path)) {
      if (in == null || type == null) {
        throw notFound();
      }
      return new Reply(200, type, Map.of("Cache-Control", "no-cache"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException notFound() {
    return ProblemException.of(
        ErrorCode.NOT_FOUND, "path: expected a file of the dashboard, found another");
  }
}
