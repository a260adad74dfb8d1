package dev.hyperflow.topology.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.metrics.FakeModels;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelLeaseTest {

  @Test
  void shouldGiveTheModelBackOnceHoweverOftenItIsClosed() {
    AtomicInteger givenBack = new AtomicInteger();
    ModelLease lease =
        new ModelLease(FakeModels.model(), Optional.empty(), givenBack::incrementAndGet);

    lease.close();
    lease.close();

    assertThat(givenBack).hasValue(1);
  }
}
