package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.ScopeScore;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.peers.LinearHead;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundle.
 *
 * @param name what the report calls it
 * @param bundle closed by whoever opened it
 */
record BundleContender(String name, Bundle bundle) implements Contender {

  @Override
  public List<String> names() {
    return List.of(name);
  }

  @Override
  public List<List<Response>> respond(List<PreparedEpisode> tasks) {
    List<Integration> heads =
        bundle.integrator().integrate(tasks.stream().map(PreparedEpisode::supportSet).toList());
    List<List<Response>> responses = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      PreparedEpisode task = tasks.get(i);
      float[][] logits = LinearHead.of(heads.get(i).adapted()).logits(task.columns());
      double temperature =
          bundle.calibration().temperature(logits.length, task.supportSet().examples());
      Response response = Response.of(logits, temperature);
      Head initial = heads.get(i).initial();
      responses.add(
          List.of(
              bundle
                  .calibration()
                  .scope()
                  .map(score -> response.withScope(scope(score, initial, task)))
                  .orElse(response)));
    }
    return responses;
  }

  private static float[] scope(ScopeScore score, Head initial, PreparedEpisode task) {
    float[][] logits = LinearHead.of(initial).logits(task.columns());
    int examples = task.episode().support().length;
    float[] scope = new float[logits[0].length];
    float[] ofQuery = new float[logits.length];
    for (int q = 0; q < scope.length; q++) {
      for (int n = 0; n < logits.length; n++) {
        ofQuery[n] = logits[n][q];
      }
      scope[q] = score.probability(ofQuery, examples);
    }
    return scope;
  }
}
