/** TLS contexts for all that connects or listens with HTTP: registry client, server and verbs. */
package dev.hyperflow.schemas.internal.tls;
