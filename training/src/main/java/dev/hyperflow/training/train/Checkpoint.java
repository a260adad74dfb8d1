package dev.hyperflow.training.train;

import dev.hyperflow.training.network.Parameters;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The file that a run can be resumed from. It replaces its predecessor in one move. */
final class Checkpoint {

  /*
   *   int    "HFPC"
   *   int    layout version, 2
   *   UTF    what the run is made of: settings and data; another run does not resume from here
   *   int    number of steps of the run
   *   double seconds spent so far
   *   long   examples seen so far
   *   int    step of the best parameters
   *          the best parameters, see Parameters
   *          the learner, see Learner
   *   int    number of looks; each as in CurvePoint
   */
  private static final int MAGIC = 0x48465043;
  private static final int VERSION = 2;

  private Checkpoint() {}

  static void write(Path file, String identity, int steps, TrainingState state) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeUTF(identity);
        out.writeInt(steps);
        out.writeDouble(state.seconds());
        out.writeLong(state.examples());
        out.writeInt(state.bestStep());
        state.best().write(out);
        state.learner().write(out);
        out.writeInt(state.curve().size());
        for (CurvePoint point : state.curve()) {
          point.write(out);
        }
      }
      Files.move(
          unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": expected to be writable, found: " + e, e);
    }
  }

  /** Number of steps of the run that was interrupted. */
  static int steps(Path file, String identity) {
    try (DataInputStream in = open(file)) {
      return head(in, file, identity);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The state of the run that was interrupted. */
  static TrainingState read(
      Path file, String identity, Optimisation optimisation, EpisodeSource source, long seed) {
    try (DataInputStream in = open(file)) {
      head(in, file, identity);
      double seconds = in.readDouble();
      long examples = in.readLong();
      int bestStep = in.readInt();
      Parameters best = Parameters.read(in);
      Learner learner = Learner.read(in, optimisation, source, seed);
      List<CurvePoint> curve = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        curve.add(CurvePoint.read(in));
      }
      return TrainingState.resumed(learner, best, bestStep, curve, seconds, examples);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }

  private static int head(DataInputStream in, Path file, String identity) throws IOException {
    int magic = in.readInt();
    int version = in.readInt();
    if (magic != MAGIC) {
      throw new TrainingException(file + ": expected a checkpoint, found another file");
    }
    if (version != VERSION) {
      throw new TrainingException(
          "%s: expected a checkpoint of version %d, found version %d; train without --resume"
              .formatted(file, VERSION, version));
    }
    String found = in.readUTF();
    if (!found.equals(identity)) {
      throw new TrainingException(
          "%s: expected a checkpoint of this run, [%s], found one of another run, [%s]"
              .formatted(file, identity, found));
    }
    return in.readInt();
  }

  private static TrainingException unreadable(Path file, Exception e) {
    String found =
        e instanceof NoSuchFileException
            ? "none; --resume continues an interrupted run"
            : e instanceof EOFException ? "the file cut short" : e.toString();
    return new TrainingException("%s: expected a checkpoint, found %s".formatted(file, found), e);
  }
}
