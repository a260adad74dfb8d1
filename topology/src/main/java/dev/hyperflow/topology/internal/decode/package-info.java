/**
 * From raw records to the engine's events. A record that cannot be decoded leaves towards the dead
 * letters with its own bytes and coordinates.
 */
package dev.hyperflow.topology.internal.decode;
