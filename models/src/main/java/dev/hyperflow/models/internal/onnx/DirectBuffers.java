package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/** Reuses direct buffers for model inputs. Safe for use by many threads. */
final class DirectBuffers {

  /*
   * A direct buffer is freed only when a garbage collection finds it, and a small heap of
   * short-lived heads may not collect for minutes: 10,000 integrations would pile up a gigabyte. So
   * buffers go back to a pool, by size class (powers of two). A class keeps a few, what does not fit
   * is left to the collector; very large ones are not kept at all. Upper bound: about 64 MiB.
   */
  private static final int MIN_FLOATS = 1 << 8;
  private static final int MAX_KEPT_FLOATS = 1 << 21;
  private static final int KEPT_PER_CLASS = 4;

  private final ConcurrentHashMap<Integer, Queue<FloatBuffer>> pool = new ConcurrentHashMap<>();

  /**
   * A buffer with limit {@code floats} and position 0; its content is undefined.
   *
   * @throws ModelException if there is no memory for it
   */
  FloatBuffer acquire(int floats) {
    int capacity = sizeClass(floats);
    Queue<FloatBuffer> free = pool.get(capacity);
    FloatBuffer buffer = free == null ? null : free.poll();
    if (buffer == null) {
      buffer = allocate(Math.multiplyExact(capacity, Float.BYTES)).asFloatBuffer();
    }
    return buffer.clear().limit(floats);
  }

  /** Direct memory has a limit of its own; a smaller batch may still find room below it. */
  private static ByteBuffer allocate(int bytes) {
    try {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    } catch (OutOfMemoryError e) {
      throw new ModelException(
          "direct memory: expected room for %,d bytes, found: %s"
              .formatted(bytes, Messages.oneLine(e)),
          e);
    }
  }

  /** Gives a buffer back; the caller must not touch it again. */
  void release(FloatBuffer buffer) {
    if (buffer.capacity() <= MAX_KEPT_FLOATS) {
      pool.computeIfAbsent(buffer.capacity(), c -> new ArrayBlockingQueue<>(KEPT_PER_CLASS))
          .offer(buffer);
    }
  }

  private static int sizeClass(int floats) {
    if (floats <= MIN_FLOATS) {
      return MIN_FLOATS;
    }
    return floats > MAX_KEPT_FLOATS ? floats : Integer.highestOneBit(floats - 1) << 1;
  }
}
