package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.schemas.internal.registry.RegisteredSchema;
import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryError;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.topology.errors.StartupException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegistryCheckTest {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final AtomicLong clock = new AtomicLong(7);
  private int pings;

  private static RegistryException busy() {
    return RegistryException.refused("http://registry", RegistryError.STORE_FAILED, "starting");
  }

  @Test
  void shouldWaitForARegistryThatStartsLater() {
    check(
        answering(
            () -> {
              if (++pings < 4) {
                throw busy();
              }
            }));

    assertThat(pings).isEqualTo(4);
    assertThat(clock.get()).isLessThan(TIMEOUT_MILLIS);
  }

  @Test
  void shouldGiveUpAfterTheTimeAndSayWhatItFound() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(
            () ->
                check(
                    answering(
                        () -> {
                          throw busy();
                        })))
        .withMessageStartingWith("registry: expected an answer from schema.registry.url, found: ")
        .withMessageContaining("starting");
    assertThat(clock.get()).isGreaterThanOrEqualTo(TIMEOUT_MILLIS);
  }

  @Test
  void shouldNotWaitForARegistryThatRefuses() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(
            () ->
                check(
                    answering(
                        () -> {
                          throw RegistryException.refused(
                              "http://registry", RegistryError.SUBJECT_NOT_FOUND, "no");
                        })));
    assertThat(clock).hasValue(7);
  }

  private void check(RegistryClient registry) {
    RegistryCheck.run(registry, TIMEOUT_MILLIS, clock::get, clock::addAndGet);
  }

  private static RegistryClient answering(Runnable ping) {
    return new RegistryClient() {
      @Override
      public int register(String subject, Schema schema) {
        throw new AssertionError("expected a ping");
      }

      @Override
      public int idOf(String subject, Schema schema) {
        throw new AssertionError("expected a ping");
      }

      @Override
      public Schema schemaById(int id) {
        throw new AssertionError("expected a ping");
      }

      @Override
      public Schema schemaByGuid(UUID guid) {
        throw new AssertionError("expected a ping");
      }

      @Override
      public RegisteredSchema latest(String subject) {
        throw new AssertionError("expected a ping");
      }

      @Override
      public void ping() {
        ping.run();
      }
    };
  }
}
