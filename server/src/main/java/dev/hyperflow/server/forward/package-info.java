/** Hands on requests to the instance that owns the tenant, and gathers lists from all. */
package dev.hyperflow.server.forward;
