/** Bounded memory on the heap for what is kept decoded of tenants, in front of their stores. */
package dev.hyperflow.engine.internal.heap;
