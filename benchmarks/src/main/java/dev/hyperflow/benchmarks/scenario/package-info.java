/** What is measured, one class a scenario, and the options they share. */
package dev.hyperflow.benchmarks.scenario;
