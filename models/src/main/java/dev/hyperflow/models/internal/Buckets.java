package dev.hyperflow.models.internal;

import static dev.hyperflow.models.internal.Check.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes that inputs are padded to, so that a model sees few different shapes. All ascending.
 *
 * @param labels sizes of the label axis N; at most 200, and 32 and 64 are among them if larger ones
 *     are
 * @param support sizes of the support axis M, at most 65536
 * @param batch sizes of the batch axis B, the first 1, at most 1024
 */
public record Buckets(
    @JsonProperty(required = true) List<Integer> labels,
    @JsonProperty(required = true) List<Integer> support,
    @JsonProperty(required = true) List<Integer> batch) {

  /*
   * A head must be a function of its support set alone, to the last bit. So the bucket of a task is
   * a function of its own N and M, never of its batch neighbours, and the batch axis is not padded:
   * a group of tasks is cut into bucket sizes, largest first, down to 1.
   *
   * Matrix kernels of ONNX Runtime block on N and change their summation order between the ranges
   * 1–32, 33–64 and 65–200 (measured on AVX2; beyond 200 was not). Within a range padding does not
   * change a bit. Buckets never carry a task into another range, so that padding is exact, not just
   * reproducible.
   */
  private static final List<Integer> RANGE_ENDS = List.of(32, 64, 200);
  private static final int MAX_SUPPORT = 65_536;
  private static final int MAX_BATCH = 1024;

  public Buckets {
    labels = ascending("buckets.labels", labels, RANGE_ENDS.get(RANGE_ENDS.size() - 1));
    support = ascending("buckets.support", support, MAX_SUPPORT);
    batch = ascending("buckets.batch", batch, MAX_BATCH);
    check(batch.get(0) == 1, "buckets.batch", "to start with 1", batch);
    int largest = labels.get(labels.size() - 1);
    for (int end : RANGE_ENDS.subList(0, RANGE_ENDS.size() - 1)) {
      check(largest <= end || labels.contains(end), "buckets.labels", "to contain " + end, labels);
    }
  }

  /** Buckets that waste at most a third of an axis: powers of two and 1.5 times them. */
  public static Buckets standard() {
    List<Integer> support = new ArrayList<>();
    for (int size = 8; size < 16_384; size *= 2) {
      support.add(size);
      support.add(size + size / 2);
    }
    support.add(16_384);
    return new Buckets(
        List.of(4, 8, 16, 24, 32, 48, 64, 96, 128, 160, 200),
        support,
        List.of(1, 2, 4, 8, 16, 32, 64));
  }

  /**
   * The same buckets up to these sizes, which become the largest ones.
   *
   * @param maxLabels maximum number of labels of a support set
   * @param maxExamples maximum number of examples of a support set
   * @throws IllegalArgumentException if a size is not allowed
   */
  public Buckets upTo(int maxLabels, int maxExamples) {
    return new Buckets(upTo(labels, maxLabels), upTo(support, maxExamples), batch);
  }

  private static List<Integer> upTo(List<Integer> sizes, int largest) {
    List<Integer> kept = new ArrayList<>(sizes.stream().filter(size -> size < largest).toList());
    kept.add(largest);
    return kept;
  }

  /** Maximum number of labels of a support set. */
  public int maxLabels() {
    return labels.get(labels.size() - 1);
  }

  /** Maximum number of examples of a support set. */
  public int maxExamples() {
    return support.get(support.size() - 1);
  }

  /** The label bucket of a task with so many labels, a function of that number alone. */
  public int labelBucket(int count) {
    return smallestAtLeast("labels", labels, count);
  }

  /** The support bucket of a task with so many examples, a function of that number alone. */
  public int supportBucket(int count) {
    return smallestAtLeast("examples", support, count);
  }

  /**
   * The largest batch size of at most so many tasks, at least 1: a bucket, or the largest bucket
   * doubled.
   *
   * @param doubledTo most tasks of a doubled one; 1 for none
   */
  public int batchSize(int tasks, int doubledTo) {
    int best = 1;
    for (int size : batch) {
      if (size <= tasks) {
        best = size;
      }
    }
    int most = Math.min(tasks, doubledTo);
    while (best >= batch.get(batch.size() - 1) && 2 * best <= most) {
      best *= 2;
    }
    return best;
  }

  /** Whether padding so many labels to so many keeps the order in which kernels sum. */
  public static boolean exactlyPadded(int labels, int padded) {
    return RANGE_ENDS.stream().noneMatch(end -> labels <= end && padded > end);
  }

  private static int smallestAtLeast(String what, List<Integer> sizes, int count) {
    for (int size : sizes) {
      if (size >= count) {
        return size;
      }
    }
    throw new IllegalArgumentException(
        "%s: expected at most %d, found %d".formatted(what, sizes.get(sizes.size() - 1), count));
  }

  private static List<Integer> ascending(String field, List<Integer> sizes, int max) {
    check(sizes != null && !sizes.isEmpty(), field, "at least one size", sizes);
    int previous = 0;
    for (Integer size : sizes) {
      check(
          size != null && size > previous && size <= max,
          field,
          "ascending sizes from 1 to " + max,
          sizes);
      previous = size;
    }
    return List.copyOf(sizes);
  }
}
