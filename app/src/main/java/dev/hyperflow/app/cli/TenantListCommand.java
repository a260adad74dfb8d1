package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.TenantTables;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow tenant list}. */
@Command(
    name = "list",
    description =
        "Lists the tenants of all instances: labels, examples, how many labels were predicted"
            + " before they were learned, and how often rightly by the head before and after"
            + " adaptation. Fewer than 20 such labels give no accuracy. The last column names"
            + " what needs a person.",
    sortOptions = false)
final class TenantListCommand extends Verb {

  /** What to sort by. */
  enum Sort {
    TENANT("tenant"),
    EXAMPLES("examples"),
    TESTED("tested"),
    ACCURACY("accuracy"),
    GAIN("gain"),
    ATTENTION("attention"),
    LAST_EVENT("lastEvent");

    private final String word;

    Sort(String word) {
      this.word = word;
    }
  }

  @Option(
      names = "--sort",
      paramLabel = "WORD",
      defaultValue = "TENANT",
      description = "Sorts by ${COMPLETION-CANDIDATES}. Default: TENANT.")
  private Sort sort;

  @Option(names = "--desc", description = "From the largest, the newest, or from Z on.")
  private boolean descending;

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only tenants whose name contains this text, in upper or lower case.")
  private String search;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Maximum number of tenants. Default: 50. The API gives no more than about 10,000.")
  private int limit;

  @Option(names = "--json", description = "One JSON object: total, tenants.")
  private boolean json;

  @Mixin private ApiOptions api;

  @Override
  ExitCode run() throws InterruptedException {
    if (limit < 1) {
      throw usage("--limit: expected at least 1, found " + limit);
    }
    TenantApi.Found found =
        api.api().list(new TenantApi.Listing(search, sort.word, descending, limit));
    PrintWriter out = out();
    if (json) {
      out.println(Json.textOf(found));
    } else {
      out.print(TenantTables.list(found, Colours.ofOutput()));
      out.flush();
    }
    return ExitCode.OK;
  }
}
