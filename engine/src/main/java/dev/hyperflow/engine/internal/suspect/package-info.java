/**
 * Finds what looks wrong in a tenant's labels: examples that the others contradict, texts with two
 * labels, labels whose names look alike. Nothing here changes a memory.
 */
package dev.hyperflow.engine.internal.suspect;
