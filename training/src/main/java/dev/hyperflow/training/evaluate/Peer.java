package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.peers.Answers;
import dev.hyperflow.training.peers.CrossValidatedRegression;
import dev.hyperflow.training.peers.GradientDescent;
import dev.hyperflow.training.peers.LinearHead;
import dev.hyperflow.training.peers.LogisticRegression;
import dev.hyperflow.training.peers.Prototypes;
import java.util.List;
import java.util.function.Function;

/**
 * A classical method.
 *
 * @param names as in {@link Contender#names()}
 * @param method responds to one task
 */
record Peer(List<String> names, Function<PreparedEpisode, List<Response>> method)
    implements Contender {

  static final String PROTOTYPES = "prototypes";
  static final String NEAREST_NEIGHBOUR = "nearest neighbour";
  static final String LR_1 = "LR C=1";
  static final String LR_10 = "LR C=10";
  static final String LR_CV = "LR cross-validated";

  /** Gradient descent after so many steps. */
  static final List<Integer> TUNING_STEPS = List.of(50, 100, 200);

  /** The one of them that stands for all in charts and tables by set. */
  static final int MAIN_TUNING = 100;

  /** Prototype scale and rate; the report says how they were chosen. */
  static final GradientDescent TUNING = new GradientDescent(10, 3);

  /** Whether a method is a classical one. */
  static boolean isClassical(String method) {
    return List.of(PROTOTYPES, NEAREST_NEIGHBOUR, LR_1, LR_10, LR_CV).contains(method)
        || TUNING_STEPS.stream().anyMatch(steps -> method.equals(tuned(steps)));
  }

  /** Whether a method is a classical one that charts and tables by set show. */
  static boolean isMain(String method) {
    return isClassical(method)
        && TUNING_STEPS.stream()
            .filter(steps -> steps != MAIN_TUNING)
            .noneMatch(steps -> method.equals(tuned(steps)));
  }

  @Override
  public List<List<Response>> respond(List<PreparedEpisode> tasks) {
    return tasks.stream().map(method).toList();
  }

  static Peer prototypes() {
    return head(PROTOTYPES, e -> Prototypes.fit(e.support(), e.supportLabels(), e.ways()));
  }

  static Peer nearestNeighbour() {
    return new Peer(
        List.of(NEAREST_NEIGHBOUR),
        task ->
            List.of(
                Response.ofLabels(
                    Answers.nearestNeighbour(
                        task.episode().support(),
                        task.episode().supportLabels(),
                        task.columns()))));
  }

  static Peer logisticRegression(String name, double c) {
    return head(name, e -> LogisticRegression.fit(c, e.support(), e.supportLabels(), e.ways()));
  }

  static Peer crossValidated() {
    return head(LR_CV, e -> CrossValidatedRegression.fit(e.support(), e.supportLabels(), e.ways()));
  }

  static String tuned(int steps) {
    return "gradient descent (" + steps + " steps)";
  }

  static Peer gradientDescent() {
    return new Peer(
        TUNING_STEPS.stream().map(Peer::tuned).toList(),
        task -> tuned(TUNING, task.episode()).stream().map(head -> response(head, task)).toList());
  }

  static List<LinearHead> tuned(GradientDescent tuning, Episode episode) {
    return tuning.fit(TUNING_STEPS, episode.support(), episode.supportLabels(), episode.ways());
  }

  private static Peer head(String name, Function<Episode, LinearHead> fit) {
    return new Peer(List.of(name), task -> List.of(response(fit.apply(task.episode()), task)));
  }

  private static Response response(LinearHead head, PreparedEpisode task) {
    return Response.of(head.logits(task.columns()), 1);
  }
}
