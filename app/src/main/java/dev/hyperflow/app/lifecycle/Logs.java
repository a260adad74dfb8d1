package dev.hyperflow.app.lifecycle;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Decides where log lines go. A service logs to the console; the demo owns the console and logs to
 * a file. Kafka is quiet unless asked otherwise: at INFO it prints every setting of every client.
 */
public final class Logs {

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %-22.22thread %logger{24} %msg %kvp%n";

  private Logs() {}

  /** Before any command runs: nothing but errors, on the console. */
  public static void quiet() {
    apply(console(), Level.ERROR, Level.ERROR);
  }

  /**
   * As a service.
   *
   * @param verbose whether Kafka may talk, too
   */
  public static void toConsole(boolean verbose) {
    apply(console(), Level.INFO, verbose ? Level.INFO : Level.WARN);
  }

  /**
   * As a demo.
   *
   * @param verbose whether Kafka may talk, too
   */
  public static void toFile(Path file, boolean verbose) {
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setFile(file.toString());
    apply(appender, Level.INFO, verbose ? Level.INFO : Level.WARN);
  }

  private static ConsoleAppender<ILoggingEvent> console() {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return appender;
  }

  private static void apply(OutputStreamAppender<ILoggingEvent> appender, Level own, Level others) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(others);
    root.addAppender(appender);
    context.getLogger("dev.hyperflow").setLevel(own);
  }
}
