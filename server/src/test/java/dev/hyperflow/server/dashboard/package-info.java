/**
 * The dashboard in a real browser: a fixture server that knows every state the page can meet, and
 * tests that drive a headless Chromium against it.
 *
 * <p>The page itself is {@code src/main/resources/dev/hyperflow/server/web}.
 */
package dev.hyperflow.server.dashboard;
