package dev.hyperflow.app.cli;

import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.server.auth.Token;
import dev.hyperflow.server.auth.TokenLine;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code hyperflow token}: tokens of the HTTP API. */
@Command(name = "token", description = "Makes tokens for the HTTP API.")
final class TokenCommand extends VerbGroup {

  /** What a token may be made for. */
  enum Allowed {
    READ(Scope.READ),
    WRITE(Scope.WRITE),
    ADMIN(Scope.ADMIN);

    private final Scope scope;

    Allowed(Scope scope) {
      this.scope = scope;
    }
  }

  @Command(
      name = "create",
      description = {
        "Prints a new token once on the error stream, and its line for the token file on the"
            + " output.",
        "Append the line to the file that http.tokens names: hyperflow token create … >> FILE",
        "With --file, appends the line itself and prints the token alone."
      },
      mixinStandardHelpOptions = true)
  void create(
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              required = true,
              description = "read, write or admin; each includes those before it.")
          Allowed scope,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "unnamed",
              description = "The name of the owner.")
          String name,
      @Option(
              names = "--tenant",
              paramLabel = "TENANT",
              description = "Only for this tenant; may be given several times.")
          List<String> tenants,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description =
                  "Appends the line to this file, which http.tokens names; creates it if needed.")
          Path file) {
    for (String tenant : tenants == null ? List.<String>of() : tenants) {
      if (tenant.isBlank()) {
        throw new ParameterException(commandLine(), "--tenant: expected a name, found a blank one");
      }
      NameRule.keyFlaw(Stage.VALIDATE, "--tenant", tenant)
          .ifPresent(
              flaw -> {
                throw new ParameterException(commandLine(), flaw.message());
              });
    }
    Token token = Token.create();
    Grant grant = new Grant(name, scope.scope, Optional.ofNullable(tenants).map(Set::copyOf));
    String line = new TokenLine(token.id(), token.hash(), grant).text();
    PrintWriter out = commandLine().getOut();
    if (file == null) {
      PrintWriter err = commandLine().getErr();
      err.println("token (shown once): " + token.text());
      err.flush();
      out.println(line);
    } else {
      append(file, line);
      out.println(token.text());
    }
  }

  private void append(Path file, String line) {
    try {
      Files.writeString(
          file,
          (endsWithoutABreak(file) ? System.lineSeparator() : "") + line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ParameterException(
          commandLine(), "--file: expected a file to append to, found: " + e, e);
    }
  }

  /** Whether the last line has no end: another line after it would be part of it. */
  private static boolean endsWithoutABreak(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return bytes.size() > 0
          && bytes.position(bytes.size() - 1).read(last) == 1
          && last.get(0) != '\n';
    }
  }
}
