package dev.hyperflow.app.tenant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.server.http.PathText;
import dev.hyperflow.server.json.Imports;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Queries;
import dev.hyperflow.server.json.Remains;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.json.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tenants, as the API gives and takes them. Thread-safe. */
public final class TenantApi {
  private static final String TENANTS = "/api/v1/tenants";
  private static final String IMPORT = "/api/v1/import";
  private static final int LIST_PAGE = 1_000;
  private static final int MAX_ROWS = 10_000;

  /** So many events fit an answer of some megabytes, also with thousands of features each. */
  private static final int SUPPORT_PAGE = 100;

  private static final int MAX_TRIES = 5;

  private final ApiClient client;

  /** An API behind a client. */
  public TenantApi(ApiClient client) {
    this.client = client;
  }

  /**
   * Which tenants, and in which order.
   *
   * @param search part of the name; empty for all
   * @param sort a word of the API
   * @param descending from the largest on
   * @param limit most tenants, at least 1
   */
  public record Listing(String search, String sort, boolean descending, int limit) {}

  /**
   * Tenants.
   *
   * @param total how many there are; more than were asked for, perhaps
   */
  public record Found(long total, List<Tenants.Row> tenants) {}

  /**
   * The first tenants of all instances. The API gives {@value #MAX_ROWS} and some; who has more
   * searches.
   */
  public Found list(Listing listing) throws InterruptedException {
    List<Tenants.Row> rows = new ArrayList<>();
    int limit = Math.min(LIST_PAGE, listing.limit());
    long total = 0;
    for (int page = 0; page <= MAX_ROWS / limit; page++) {
      Tenants.Page found =
          client.get(
              TENANTS
                  + "?page=%d&limit=%d&sort=%s&order=%s&search=%s"
                      .formatted(
                          page,
                          limit,
                          listing.sort(),
                          listing.descending() ? "desc" : "asc",
                          PathText.encode(listing.search())),
              Tenants.Page.class);
      total = found.total();
      rows.addAll(found.tenants());
      if (found.tenants().size() < limit || rows.size() >= listing.limit()) {
        break;
      }
    }
    return new Found(total, List.copyOf(rows.subList(0, Math.min(rows.size(), listing.limit()))));
  }

  /**
   * One tenant.
   *
   * @throws ApiException when nothing is known of it
   */
  public Tenants.Detail detail(String tenant) throws InterruptedException {
    return client.get(path(tenant), Tenants.Detail.class);
  }

  /**
   * One tenant, looked for in every partition.
   *
   * @throws ApiException when nothing is known of it; also when it is not in the partition of its
   *     key, and then the message says so
   */
  public Tenants.Detail detailAnywhere(String tenant) throws InterruptedException {
    Optional<Tenants.Detail> found = known(tenant);
    if (found.isPresent()) {
      return found.get();
    }
    requireHeld(tenant);
    throw new ApiException(
        ApiException.Kind.UNKNOWN_TENANT,
        "%s: expected the tenant in the partition of its key, found it in others only. Its"
                .formatted(Printable.of(tenant))
            + " producer uses another partitioner; see topics.foreign-partition");
  }

  /**
   * Checks that something is held of a tenant, be it a query without an example.
   *
   * @throws ApiException when nothing is
   */
  public void requireHeld(String tenant) throws InterruptedException {
    if (remains(tenant).entries() == 0) {
      detail(tenant); // says that nothing is known of it
    }
  }

  /** What is held of a tenant, in every partition and store. */
  public Remains remains(String tenant) throws InterruptedException {
    return client.get(path(tenant) + "/remains", Remains.class);
  }

  /** One tenant, if something is known of it. */
  public Optional<Tenants.Detail> known(String tenant) throws InterruptedException {
    try {
      return Optional.of(detail(tenant));
    } catch (ApiException e) {
      if (e.kind() == ApiException.Kind.UNKNOWN_TENANT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The tenant's head, unless there is none or the model gives none. */
  public Optional<Tenants.Head> head(String tenant) throws InterruptedException {
    try {
      return Optional.of(client.get(path(tenant) + "/head", Tenants.Head.class));
    } catch (ApiException e) {
      if (e.kind() == ApiException.Kind.REFUSED || e.kind() == ApiException.Kind.UNKNOWN_TENANT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What looks wrong in a tenant's labels.
   *
   * @param limit most of each, 1 to 1000
   * @throws ApiException when nothing is known of it
   */
  public Tenants.Suspects suspects(String tenant, int limit) throws InterruptedException {
    return client.get(path(tenant) + "/suspects?limit=" + limit, Tenants.Suspects.class);
  }

  /**
   * A tenant's whole support set.
   *
   * @param first the page that says how many there are, and how features are kept
   * @param events all of them, in order
   */
  public record SupportSet(Tenants.Support first, List<Write.Support> events) {
    /** The set's fingerprint. */
    public String fingerprint() {
      return first.fingerprint();
    }
  }

  /**
   * The support events that make the tenant again, all of one state.
   *
   * @throws ApiException when nothing is known of it, or when it changes all the while
   */
  public SupportSet support(String tenant) throws InterruptedException {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<SupportSet> whole = whole(tenant);
      if (whole.isPresent()) {
        return whole.get();
      }
    }
    throw new ApiException(
        ApiException.Kind.FAILED,
        "%s: expected a tenant that rests during the export, found one whose labels keep coming"
            .formatted(Printable.of(tenant)));
  }

  /** All pages, or empty when the tenant changed in between. */
  private Optional<SupportSet> whole(String tenant) throws InterruptedException {
    Tenants.Support first = page(tenant, 0);
    List<Write.Support> events = new ArrayList<>(first.events());
    for (int page = 1; events.size() < first.total(); page++) {
      Tenants.Support next = page(tenant, page);
      if (next.total() != first.total()
          || !next.fingerprint().equals(first.fingerprint())
          || next.applied() != first.applied()
          || next.events().isEmpty()) {
        return Optional.empty();
      }
      events.addAll(next.events());
    }
    return Optional.of(new SupportSet(first, List.copyOf(events)));
  }

  private Tenants.Support page(String tenant, int page) throws InterruptedException {
    return client.get(
        path(tenant) + "/support?limit=%d&page=%d".formatted(SUPPORT_PAGE, page),
        Tenants.Support.class);
  }

  /** The newest examples of a tenant, at most 1,000. */
  public Tenants.Examples examples(String tenant, int limit) throws InterruptedException {
    return client.get(path(tenant) + "/examples?limit=" + limit, Tenants.Examples.class);
  }

  /**
   * A page of a tenant's remembered queries.
   *
   * @param parameters of the API, by name
   */
  public Queries.Page queries(String tenant, Map<String, String> parameters)
      throws InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + PathText.encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return client.get(path(tenant) + "/queries?" + query, Queries.Page.class);
  }

  /**
   * What a remembered query would be answered now.
   *
   * @throws ApiException when it is remembered no more, or influence takes too much work
   */
  public Predict.Answer predict(String tenant, String queryId, int topK, boolean influence)
      throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("queryId", queryId).put("topK", topK).put("influence", influence);
    return client.post(path(tenant) + "/predict", bytes(body), Predict.Answer.class);
  }

  /** Writes the true label of a query, and gives the event's place when the brokers have it. */
  public Write.SupportWritten label(String tenant, String queryId, String label)
      throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("queryId", queryId).put("label", label);
    return client.post(path(tenant) + "/feedback", bytes(body), Write.SupportWritten.class);
  }

  /** Takes an event back, and gives the place of that when the brokers have it. */
  public Write.SupportWritten retract(String tenant, String eventId) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("operation", "RETRACT").put("targetEventId", eventId);
    return write(tenant, body.toString());
  }

  private static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes an event, and gives its place when the brokers have it. */
  Write.SupportWritten write(String tenant, String event) throws InterruptedException {
    return client.post(
        path(tenant) + "/support",
        event.getBytes(StandardCharsets.UTF_8),
        Write.SupportWritten.class);
  }

  /**
   * Writes labelled texts, and gives the report when the brokers have them.
   *
   * @param tenant whose they are; empty: each line names its own
   * @param lines an object of JSON on each
   */
  Imports.Report importLines(Optional<String> tenant, String lines) throws InterruptedException {
    return client.post(
        tenant.map(name -> path(name) + "/import").orElse(IMPORT) + "?format=jsonl",
        lines.getBytes(StandardCharsets.UTF_8),
        Imports.Report.class);
  }

  /** Writes that the tenant is to be forgotten, and gives the place of that. */
  Write.SupportWritten forget(String tenant) throws InterruptedException {
    return client.delete(path(tenant), Write.SupportWritten.class);
  }

  private static String path(String tenant) {
    return TENANTS + "/" + PathText.encode(tenant);
  }

  /** How long is waited for effects. */
  public Duration patience() {
    return client.patience();
  }
}
