/**
 * Reviews a tenant's remembered queries in a terminal: one at a time, each with its answer and the
 * examples that mattered.
 */
package dev.hyperflow.app.review;
