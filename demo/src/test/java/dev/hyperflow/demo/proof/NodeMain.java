package dev.hyperflow.demo.proof;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** The process of a node of several. Ends when its standard input does, with its parent. */
final class NodeMain {

  private NodeMain() {}

  /**
   * Starts a node, on the data of its predecessor if there is one.
   *
   * @param args the node's configuration file, and the cluster's id
   */
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(file);
    }
    Path directory = Path.of(settings.getProperty("log.dirs"));
    if (!Files.exists(directory.resolve("meta.properties"))) {
      format(directory, settings, args[1]);
    }
    new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM).startup();
    System.out.println(BrokerMain.READY);
    if (System.in.read() < 0) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void format(Path directory, Properties settings, String clusterId)
      throws Exception {
    Files.createDirectories(directory);
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(clusterId)
          .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
          .setControllerListenerName(settings.getProperty("controller.listener.names"))
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .run();
    }
  }
}
