/**
 * The application's meters as Prometheus reads them, and the process's own beside them.
 *
 * <p>What is measured is known to {@code topology.metrics}, which has the catalogue; who may read
 * the page is the server's business.
 */
package dev.hyperflow.server.metrics;
