/**
 * The limits that every event is held to before any work is done for it.
 *
 * <p>Checks that need a tenant's memory (labels per tenant, the dimension of its features) belong
 * to {@code dev.hyperflow.engine.internal.remember} and {@code
 * dev.hyperflow.engine.internal.encode}.
 */
package dev.hyperflow.engine.internal.validate;
