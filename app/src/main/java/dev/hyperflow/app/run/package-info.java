/**
 * The application against a Kafka cluster and a registry of the user's own, up until asked to stop.
 */
package dev.hyperflow.app.run;
