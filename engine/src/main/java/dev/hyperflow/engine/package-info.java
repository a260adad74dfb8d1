/**
 * Personalised classification without Kafka: {@link dev.hyperflow.engine.Personalizer} learns from
 * labelled examples of many tenants and answers their queries.
 *
 * <p>This package is the public API of the module. All packages named {@code internal} may change
 * in every release.
 */
package dev.hyperflow.engine;
