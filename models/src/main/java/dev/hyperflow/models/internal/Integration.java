package dev.hyperflow.models.internal;

import dev.hyperflow.models.Head;

/**
 * The result of integrating one support set.
 *
 * @param initial where the trajectory started: the prototype head
 * @param adapted the head to use; row order is the label order of the support set
 * @param trace drift norm and support loss along the trajectory
 * @param safeguarded whether the trajectory ended worse than it started, so that {@code adapted} is
 *     not its end but the best earlier point, at worst {@code initial}
 */
public record Integration(Head initial, Head adapted, Trace trace, boolean safeguarded) {}
