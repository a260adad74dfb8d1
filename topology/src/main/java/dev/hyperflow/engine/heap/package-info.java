/**
 * Bounded memory on the heap for what is kept decoded. What is kept, and where it comes from, is
 * the business of the packages that keep it.
 */
package dev.hyperflow.engine.heap;
