/**
 * A steady load of labels and queries for an application that runs somewhere else: for trying out a
 * deployment, its dashboards and its alerts. What measures speed is the module {@code benchmarks}.
 */
package dev.hyperflow.app.load;
