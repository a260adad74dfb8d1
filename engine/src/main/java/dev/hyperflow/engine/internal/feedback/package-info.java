/**
 * Remembers queries for a while, so that their true labels can become examples, and tell how good
 * the answers were.
 */
package dev.hyperflow.engine.internal.feedback;
