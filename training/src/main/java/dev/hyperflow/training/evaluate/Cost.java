package dev.hyperflow.training.evaluate;

import java.util.OptionalDouble;

/**
 * What one head costs on one core.
 *
 * @param method who made it
 * @param batch how many heads were made in one call
 * @param millis median time of a head, milliseconds
 * @param javaBytes allocated on the Java heap for a head; empty if the platform does not count
 */
record Cost(String method, int batch, double millis, OptionalDouble javaBytes) {}
