package dev.hyperflow.training.stream;

/** A method that learns from a stream. For one stream and one thread. */
interface Learner {

  /**
   * Answers a question.
   *
   * @param x features of a text
   * @return the probability of each label of the stream. All are 0 while no label is known, and
   *     where a question is refused
   */
  float[] ask(float[] x);

  /**
   * Learns an example.
   *
   * @return whether it was accepted
   */
  boolean learn(float[] x, int label);
}
