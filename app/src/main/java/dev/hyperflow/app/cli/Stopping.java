package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import java.util.concurrent.Callable;

/** Tells a shutdown signal how a command ended, however it ended. */
public final class Stopping {

  private Stopping() {}

  /** Runs the work and gives its exit code. */
  public static ExitCode whenDone(ShutdownSignal shutdown, InterruptibleWork work)
      throws InterruptedException {
    ExitCode code = ExitCode.FAILED;
    try {
      code = work.call();
    } catch (RuntimeException e) {
      code = Errors.exitCodeOf(e);
      throw e;
    } finally {
      shutdown.finished(code);
    }
    return code;
  }

  /** Work that may be interrupted but throws nothing else that is checked. */
  public interface InterruptibleWork extends Callable<ExitCode> {
    @Override
    ExitCode call() throws InterruptedException;
  }
}
