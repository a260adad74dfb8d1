/** From a head and a query's features to an answer: logits, calibrated probabilities, top-k. */
package dev.hyperflow.engine.internal.score;
