/** Tokens: how they are made, kept as hashes in a file, and checked. */
package dev.hyperflow.server.auth;
