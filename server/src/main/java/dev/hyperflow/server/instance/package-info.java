/**
 * The running application as requests see it: its view, its meters, and the writer that puts what a
 * request asks for on a topic.
 *
 * <p>Requests and replies belong next door, in {@code dev.hyperflow.server.http}.
 */
package dev.hyperflow.server.instance;
