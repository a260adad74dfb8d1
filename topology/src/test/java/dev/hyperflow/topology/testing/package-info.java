/**
 * Fixtures for tests of programs that embed the topology. They are published in the module's {@code
 * tests} jar.
 *
 * <p>{@code HyperFlowTestDriver} needs no broker. {@code TestCluster} is a real one in the process.
 */
package dev.hyperflow.topology.testing;
