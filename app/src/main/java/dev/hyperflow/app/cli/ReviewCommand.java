package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.review.Accuracy;
import dev.hyperflow.app.review.Review;
import dev.hyperflow.app.review.Screen;
import dev.hyperflow.app.review.Tally;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.json.Queries;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow review}. */
@Command(
    name = "review",
    description = {
      "Reviews a tenant's recent answers, the least certain first. Shows the text, the answer and the"
          + " examples that mattered, and reads what to do from lines.",
      "Enter accepts the first label. 1 to 9 give a label by its probability. Letters search the"
          + " labels. N makes a new label, S skips, Z takes the last label back, Q quits.",
      "The application remembers answers while feedback.window.ms is above 0."
    },
    sortOptions = false)
final class ReviewCommand extends Verb {
  private static final int MAX_LIMIT = 200;

  /** What to sort by. */
  enum Sort {
    UNCERTAINTY("uncertainty"),
    NEWEST("newest");

    private final String word;

    Sort(String word) {
      this.word = word;
    }
  }

  /** The words of {@code --filter}, which the API takes as they are. */
  enum Filter {
    ALL("all"),
    DISAGREEMENTS("disagreements"),
    NONE_OF_THESE("none-of-these"),
    NO_LABELS("no-labels");

    private final String word;

    Filter(String word) {
      this.word = word;
    }
  }

  @Mixin private TenantArgument tenant;

  @Option(
      names = "--sort",
      paramLabel = "WORD",
      defaultValue = "UNCERTAINTY",
      description = "Sorts by ${COMPLETION-CANDIDATES}. Default: UNCERTAINTY.")
  private Sort sort;

  @Option(
      names = "--filter",
      paramLabel = "WORD",
      defaultValue = "ALL",
      description =
          "Which answers: ${COMPLETION-CANDIDATES}. Disagreements are answers that adaptation"
              + " changed. Default: ALL.")
  private Filter filter;

  @Option(names = "--label", paramLabel = "LABEL", description = "Only answers of this label.")
  private String label;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only queries whose text contains this, in upper or lower case.")
  private String text;

  @Option(
      names = "--max-age",
      paramLabel = "SECONDS",
      description = "Only queries of the last so many seconds.")
  private Integer maxAge;

  @Option(names = "--json", description = "Lists the queue as one JSON object, and reads nothing.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Maximum number of queries that --json lists, at most 200. Default: 50.")
  private int limit;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    requireRange("--limit", limit, 1, MAX_LIMIT);
    String name = api.checked(tenant.name());
    TenantApi tenants = api.api();
    PrintWriter out = out();
    if (json) {
      Map<String, String> parameters = filters();
      parameters.put("limit", Integer.toString(limit));
      Queries.Page page = tenants.queries(name, parameters);
      if (page.total() == 0) {
        tenants.requireHeld(name);
      }
      out.println(Json.textOf(page));
      return ExitCode.OK;
    }
    Accuracy before = Accuracy.of(tenants, name);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Screen screen = new Screen(Colours.ofOutput(), Colours.columns());
    Tally tally = new Review(tenants, name, filters(), in, out, screen).run();
    print(tally, before, tenants, name, screen, out);
    return ExitCode.OK;
  }

  private Map<String, String> filters() {
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("sort", sort.word);
    filters.put("filter", filter.word);
    if (label != null) {
      filters.put("label", label);
    }
    if (text != null) {
      filters.put("text", text);
    }
    if (maxAge != null) {
      filters.put("max-age", maxAge.toString());
    }
    return filters;
  }

  private static void print(
      Tally tally, Accuracy before, TenantApi api, String tenant, Screen screen, PrintWriter out)
      throws InterruptedException {
    out.println();
    out.println(
        screen.wrapped(
            "Labelled %s: %s confirmed, %s corrected, %s. Skipped %s, took back %s."
                .formatted(
                    Cells.count(tally.labelled()),
                    Cells.count(tally.confirmed()),
                    Cells.count(tally.corrected()),
                    Cells.count(tally.fresh(), "new label"),
                    Cells.count(tally.skipped()),
                    Cells.count(tally.takenBack()))));
    if (tally.labelled() > 0) {
      Accuracy after = Accuracy.after(api, tenant, before.tested() + tally.measured());
      out.println(screen.wrapped("Accuracy now: %s. Before: %s.".formatted(after, before)));
    }
    out.flush();
  }
}
