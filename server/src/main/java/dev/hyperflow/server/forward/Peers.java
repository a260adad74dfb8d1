package dev.hyperflow.server.forward;

import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.topology.internal.config.HttpSettings;
import dev.hyperflow.topology.internal.view.Owner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other instances of the application. Thread-safe. */
public final class Peers implements Dispatcher.Forwarding {
  // Every instance asks Kafka Streams who owns a tenant, so two may disagree while tasks move. A
  // request that was handed on once is not handed on again: whoever does not own the tenant then
  // says so, and the client tries again.

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final long RETRY_MILLIS = 500;
  private static final long SOON_MILLIS = 1_000;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int OK = 200;
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final HttpClient client;
  private final String scheme;
  private final Duration timeout;

  /**
   * What this instance knows of the others.
   *
   * @param owner says who answers for a tenant
   * @param others the other instances
   */
  public record Cluster(Function<String, Owner> owner, Supplier<List<Owner.Remote>> others) {}

  /**
   * Peers of an instance.
   *
   * @param trust checks their certificates; empty without TLS
   */
  public Peers(Cluster cluster, HttpSettings settings, Optional<SSLContext> trust) {
    this.cluster = cluster;
    this.scheme = trust.isPresent() ? "https" : "http";
    this.timeout = Duration.ofMillis(settings.limits().timeoutMillis());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public Optional<Reply> elsewhere(Call call) {
    Owner owner = cluster.owner().apply(call.tenant());
    if (owner instanceof Owner.Local) {
      return Optional.empty();
    }
    if (owner instanceof Owner.Remote remote && !call.isForwarded()) {
      return Optional.of(forward(call, remote));
    }
    throw ProblemException.retryable(
        ErrorCode.REBALANCING, "the tenant is moving between instances", RETRY_MILLIS);
  }

  private Reply forward(Call call, Owner.Remote owner) {
    HttpRequest.Builder request = request(owner, call.target(), call);
    if (call.method().equals("POST")) {
      request
          .header("Content-Type", Reply.JSON)
          .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
    } else {
      request.method(call.method(), HttpRequest.BodyPublishers.noBody());
    }
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return reply(response);
    } catch (IOException e) {
      throw unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable();
    }
  }

  private HttpRequest.Builder request(Owner.Remote to, String target, Call call) {
    String host = to.host().contains(":") ? "[" + to.host() + "]" : to.host();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("%s://%s:%d%s".formatted(scheme, host, to.port(), target)))
            .timeout(timeout)
            .header(Call.FORWARDED, "1");
    call.header("Authorization").ifPresent(token -> request.header("Authorization", token));
    return request;
  }

  private static Reply reply(HttpResponse<byte[]> response) {
    Map<String, String> headers = new HashMap<>();
    for (String name : List.of("Retry-After", "WWW-Authenticate")) {
      response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
    }
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(Reply.JSON),
        headers,
        response.body());
  }

  private static ProblemException unreachable() {
    return ProblemException.retryable(
        ErrorCode.UNREACHABLE, "the instance that has the tenant does not answer", RETRY_MILLIS);
  }

  /**
   * What every other instance answers.
   *
   * @param target path and query to ask for
   * @param type of the answers
   * @throws ProblemException when one does not answer: a list with gaps is no answer
   */
  public <T> List<T> gather(Call call, String target, Class<T> type) {
    List<T> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> answer : ask(call, target)) {
      answers.add(gathered(answer, type));
    }
    return answers;
  }

  /**
   * What the other instances answer that do so soon.
   *
   * @param target path and query to ask for
   * @param type of the answers
   */
  public <T> List<T> gatherSome(Call call, String target, Class<T> type) {
    List<T> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> answer : ask(call, target)) {
      try {
        answers.add(gathered(answer.orTimeout(SOON_MILLIS, TimeUnit.MILLISECONDS), type));
      } catch (ProblemException e) {
        LOG.atDebug().setCause(e).log("Another instance did not answer");
      }
    }
    return answers;
  }

  private List<CompletableFuture<HttpResponse<byte[]>>> ask(Call call, String target) {
    List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
    for (Owner.Remote other : cluster.others().get()) {
      asked.add(
          client.sendAsync(
              request(other, target, call).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }
    return asked;
  }

  private static <T> T gathered(CompletableFuture<HttpResponse<byte[]>> answer, Class<T> type) {
    try {
      HttpResponse<byte[]> response = answer.join();
      if (response.statusCode() == OK) {
        return Json.read(response.body(), type);
      }
      if (response.statusCode() != SERVICE_UNAVAILABLE) {
        throw ProblemException.of(
            ErrorCode.FORBIDDEN, "another instance refused the request that this one accepted");
      }
      throw ProblemException.retryable(
          ErrorCode.REBALANCING, "another instance is not ready", RETRY_MILLIS);
    } catch (CompletionException e) {
      throw ProblemException.retryable(
          ErrorCode.UNREACHABLE, "another instance does not answer", RETRY_MILLIS);
    }
  }
}
