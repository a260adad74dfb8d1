package dev.hyperflow.demo.proof;

import dev.hyperflow.demo.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The process of a {@link BrokerProcess}. Ends when its standard input does, with its parent. */
final class BrokerMain {

  static final String READY = "broker is ready";

  private BrokerMain() {}

  /**
   * Starts a broker.
   *
   * @param args data directory, port
   */
  public static void main(String[] args) throws IOException {
    EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
    System.out.println(READY);
    if (System.in.read() < 0) {
      Runtime.getRuntime().halt(0);
    }
  }
}
