package dev.hyperflow.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into the jar. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Version.class.getResourceAsStream("/dev/hyperflow/server/version.properties")) {
      properties.load(in);
    }
    return new String[] {
      "hyperflow " + properties.getProperty("version"),
      "Java " + Runtime.version() + ", Kafka " + properties.getProperty("kafka")
    };
  }
}
