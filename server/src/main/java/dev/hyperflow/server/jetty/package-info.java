/** The server underneath: connections, TLS, reading of bodies with their limits. */
package dev.hyperflow.server.jetty;
