package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * A deserializer could not ask its registry. The record may be fine, and is read again later.
 *
 * <p>Deserializers from elsewhere wrap a refused connection in the same exception as a bad record.
 */
public final class RegistryOutageException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** Statuses of a registry that refuses everybody, or answers later. */
  private static final List<Integer> OUTAGES = List.of(401, 403, 407, 408, 429);

  /** Sockets, names of hosts, and clients of HTTP. */
  private static final String NETWORK = "java.net";

  private static final List<Class<? extends Exception>> TRANSPORT =
      List.of(
          ClosedChannelException.class,
          SSLException.class,
          TimeoutException.class,
          RetriableException.class);

  private RegistryOutageException(String message) {
    super(message);
  }

  /** An outage that has lasted too long to be waited for. */
  public static RegistryOutageException of(String reason) {
    return new RegistryOutageException("registry: expected an answer, found: " + reason);
  }

  private RegistryOutageException(RuntimeException cause) {
    super("registry: expected an answer, found: " + cause.getMessage(), cause);
  }

  /** Whether a failure comes from a registry that may answer later. */
  public static boolean isOutage(Throwable thrown) {
    return Causes.any(
        thrown,
        cause ->
            cause instanceof RegistryOutageException
                || (cause instanceof RegistryException registry && registry.retryable()));
  }

  /**
   * Whether a record could not be read because of the registry, whatever is wrong with that: it
   * does not answer, refuses everybody, or something else answers in its place.
   */
  static boolean keepsFromReading(Throwable thrown) {
    return Causes.any(
        thrown,
        cause -> cause instanceof RegistryOutageException || cause instanceof RegistryException);
  }

  /**
   * Lets a failure pass that the record is to blame for.
   *
   * @throws RegistryOutageException when the way to the registry is to blame
   */
  public static void throwIfOne(RuntimeException thrown) {
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      if (isOfTransport(cause) || isRefusalOfAll(cause)) {
        throw new RegistryOutageException(thrown);
      }
    }
  }

  private static boolean isOfTransport(Throwable cause) {
    return TRANSPORT.stream().anyMatch(type -> type.isInstance(cause))
        || (cause instanceof IOException
            && !(cause instanceof MalformedURLException)
            && cause.getClass().getPackageName().startsWith(NETWORK));
  }

  /** Confluent's client tells a status by a class that is not on the class path here. */
  private static boolean isRefusalOfAll(Throwable cause) {
    if (cause instanceof IOException
        || !cause.getClass().getName().endsWith("RestClientException")) {
      return false;
    }
    try {
      int status = (int) cause.getClass().getMethod("getStatus").invoke(cause);
      return status >= 500 || OUTAGES.contains(status);
    } catch (ReflectiveOperationException | ClassCastException e) {
      return false;
    }
  }
}
