package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, before an instance joins its group, whether another process has its static id there. The
 * group would drive that one out.
 */
final class StaticIdCheck {
  // A member that is gone stays in the group until its session ends, and looks like one that lives.
  // An instance that comes back with its state directory has the id of its process, and need not
  // wait for that. Any other one waits until the member has left, or has outlived its session.

  private static final Logger LOG = LoggerFactory.getLogger(StaticIdCheck.class);
  private static final long PAUSE_MILLIS = 200;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private StaticIdCheck() {}

  /**
   * Returns at once for an instance without a static id, or when nobody else has it.
   *
   * @param ownClient what the ids of the instance's clients contain, if that is known
   * @throws StartupException when a process that lives has it
   */
  static void run(ApplicationConfig config, Optional<String> ownClient, Brokers brokers) {
    config
        .staticId()
        .ifPresent(
            id -> run(id, ownClient, config.staticSession(), Time.SYSTEM, brokers::membersOfGroup));
  }

  static void run(
      String id,
      Optional<String> ownClient,
      Duration session,
      Time time,
      Supplier<Collection<MemberDescription>> members) {
    Pattern ofThread = Pattern.compile(Pattern.quote(id) + "-\\d+"); // as Kafka Streams makes them
    Timer timer = time.timer(session.plus(GRACE));
    boolean waits = false;
    while (true) {
      Optional<MemberDescription> other =
          members.get().stream()
              .filter(each -> each.groupInstanceId().filter(isOf(ofThread)).isPresent())
              .filter(each -> ownClient.filter(each.clientId()::contains).isEmpty())
              .findFirst();
      if (other.isEmpty()) {
        return;
      }
      timer.update();
      if (timer.isExpired()) {
        throw new StartupException(
            "kafka.group.instance.id: expected one that no other process has, found '%s' in use by"
                    .formatted(id)
                + " client '%s' at %s. Give each instance its own"
                    .formatted(other.get().clientId(), other.get().host()));
      }
      if (!waits) {
        LOG.atWarn()
            .addKeyValue("id", id)
            .addKeyValue("client", other.get().clientId())
            .log("The start waits for the session of a member with the same static id to end");
        waits = true;
      }
      timer.sleep(PAUSE_MILLIS);
    }
  }

  private static Predicate<String> isOf(Pattern ids) {
    return id -> ids.matcher(id).matches();
  }
}
