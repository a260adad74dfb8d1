/**
 * Remembers events that came before what they are about: feedback before its query, and a
 * retraction before its example.
 */
package dev.hyperflow.engine.internal.early;
