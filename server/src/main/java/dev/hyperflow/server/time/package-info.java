/** Waiting with a bound, for the server and for the verbs that ask it. */
package dev.hyperflow.server.time;
