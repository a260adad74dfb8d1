package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.internal.Integration;
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
      float[][] logits = LinearHead.of(heads.get(i).adapted()).logits(tasks.get(i).columns());
      responses.add(List.of(Response.of(logits, bundle.calibration().temperature())));
    }
    return responses;
  }
}
