package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.PathText;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The list of tenants, of all instances. */
final class TenantListRoutes {
  private static final String PATH = "/api/v1/tenants";
  private static final int MAX_ROWS = 10_000;
  private static final int MAX_LIMIT = 1_000;
  private static final int STANDARD_LIMIT = 50;

  private final Instance instance;
  private final TenantTable table;
  private final InstantSource clock;
  private final Peers peers;

  /** Routes over an instance. */
  TenantListRoutes(Instance instance, TenantTable table, InstantSource clock, Peers peers) {
    this.instance = instance;
    this.table = table;
    this.clock = clock;
    this.peers = peers;
  }

  /** What to sort by. */
  enum Sort {
    TENANT("tenant", Comparator.comparing(Tenants.Row::tenant)),
    EXAMPLES("examples", Comparator.comparingInt(Tenants.Row::examples)),
    TESTED("tested", Comparator.comparingLong(Sort::tested)),
    ACCURACY("accuracy", Comparator.comparingDouble(Sort::accuracy)),
    GAIN("gain", Comparator.comparingDouble(Sort::gain)),
    ATTENTION("attention", Comparator.comparingInt((Tenants.Row row) -> row.attention().size())),
    LAST_EVENT("lastEvent", Comparator.comparingLong(Tenants.Row::lastEventAt));

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // Comparators of methods have no state.
    final Comparator<Tenants.Row> order;

    Sort(String word, Comparator<Tenants.Row> order) {
      this.word = word;
      this.order = order;
    }

    private static long tested(Tenants.Row row) {
      return row.quality() == null ? 0 : row.quality().accuracy().labels();
    }

    /** Below all where it is not known. */
    private static double accuracy(Tenants.Row row) {
      return known(row) ? row.quality().accuracy().adapted().value() : -1;
    }

    private static double gain(Tenants.Row row) {
      return known(row)
          ? accuracy(row) - row.quality().accuracy().unadapted().value()
          : Double.NEGATIVE_INFINITY;
    }

    private static boolean known(Tenants.Row row) {
      return row.quality() != null && row.quality().accuracy().adapted() != null;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** The words of the parameter {@code show}. */
  private enum Show {
    ALL,
    ATTENTION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Order {
    ASC,
    DESC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            PATH,
            Route.Access.READ,
            Route.Doc.gives(
                "Tenants of all instances",
                Tenants.Page.class,
                Route.Parameter.text("search", "Part of the tenant's name, in any case."),
                Route.Parameter.word(
                    "show", Show.class, "All tenants, or those that need a person."),
                Route.Parameter.word("sort", Sort.class, "What to sort by."),
                Route.Parameter.word("order", Order.class, "Which way."),
                Route.Parameter.number(
                    "limit", 1, MAX_LIMIT, "Maximum number of tenants in a page."),
                Route.Parameter.number("page", 0, MAX_ROWS, "Which page, from 0.")),
            this::list));
  }

  private Reply list(Call call) {
    int limit =
        call.number(
            "limit", STANDARD_LIMIT, 1, call.isForwarded() ? MAX_ROWS + MAX_LIMIT : MAX_LIMIT);
    int page = call.number("page", 0, 0, MAX_ROWS / limit);
    Sort sort = call.word("sort", Sort.TENANT, Sort.class);
    boolean descending = call.word("order", Order.ASC, Order.class) == Order.DESC;
    Comparator<Tenants.Row> order =
        (descending ? sort.order.reversed() : sort.order).thenComparing(Tenants.Row::tenant);
    Show show = call.word("show", Show.ALL, Show.class);
    long now = clock.millis();
    AttentionList attention = new AttentionList(instance, now);
    List<TenantTable.Entry> mine = matching(call, show, attention);
    List<Tenants.Row> rows =
        new ArrayList<>(first(mine, order, (page + 1) * limit, attention, now));
    long total = mine.size();
    if (!call.isForwarded()) {
      for (Tenants.Page other :
          peers.gather(
              call,
              firstRows(call, show, sort, descending, (page + 1) * limit),
              Tenants.Page.class)) {
        total += other.total();
        rows.addAll(other.tenants());
      }
      rows.sort(order);
    }
    int from = Math.min(rows.size(), page * limit);
    int to = Math.min(rows.size(), from + limit);
    return Reply.ok(new Tenants.Page(total, page, limit, List.copyOf(rows.subList(from, to))));
  }

  /** What another instance is asked: its rows up to the end of the page. */
  private static String firstRows(Call call, Show show, Sort sort, boolean descending, int most) {
    return PATH
        + "?page=0&limit=%d&show=%s&sort=%s&order=%s&search=%s"
            .formatted(
                most,
                show,
                sort,
                descending ? Order.DESC : Order.ASC,
                PathText.encode(call.parameter("search").orElse("")));
  }

  private List<TenantTable.Entry> matching(Call call, Show show, AttentionList attention) {
    String search = call.parameter("search").orElse("").toLowerCase(Locale.ROOT);
    return table.entries().stream()
        .filter(entry -> call.grant().includes(entry.tenant()))
        .filter(entry -> entry.tenant().toLowerCase(Locale.ROOT).contains(search))
        .filter(
            entry -> show == Show.ALL || !attention.of(entry.tenant(), entry.quality()).isEmpty())
        .toList();
  }

  /** Sorted by bare rows first, so that curves are made for those alone that are shown. */
  private List<Tenants.Row> first(
      List<TenantTable.Entry> entries,
      Comparator<Tenants.Row> order,
      int most,
      AttentionList attention,
      long now) {
    record Bare(TenantTable.Entry entry, Tenants.Row row) {}
    return entries.stream()
        .map(entry -> new Bare(entry, bare(entry, attention)))
        .sorted(Comparator.comparing(Bare::row, order))
        .limit(most)
        .map(bare -> row(bare.entry(), bare.row().attention(), now))
        .toList();
  }

  private Tenants.Row row(TenantTable.Entry entry, List<Attention> attention, long now) {
    TenantMeta meta = entry.meta();
    return new Tenants.Row(
        entry.tenant(),
        meta.examples(),
        meta.labels(),
        meta.fingerprint().toHex(),
        meta.facts().clock().timeMillis(),
        meta.settings().pinned(),
        Names.owner(instance),
        entry
            .quality()
            .map(known -> Names.quality(instance, entry.tenant(), known, now))
            .orElse(null),
        attention);
  }

  private Tenants.Row bare(TenantTable.Entry entry, AttentionList attention) {
    return new Tenants.Row(
        entry.tenant(),
        entry.meta().examples(),
        entry.meta().labels(),
        "",
        entry.meta().facts().clock().timeMillis(),
        false,
        null,
        entry
            .quality()
            .map(
                known ->
                    new Tenants.Quality(Names.accuracy(instance, known), false, null, List.of()))
            .orElse(null),
        attention.of(entry.tenant(), entry.quality()));
  }
}
