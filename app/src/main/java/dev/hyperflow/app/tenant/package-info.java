/**
 * What the verb {@code tenant} asks a running application for, over its HTTP API. Nothing here
 * knows brokers, stores or the command line.
 */
package dev.hyperflow.app.tenant;
