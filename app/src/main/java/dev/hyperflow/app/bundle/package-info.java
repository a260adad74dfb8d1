/**
 * What the verb {@code bundle} shows: bundles and reports on them as lines and as JSON. What a
 * bundle is, how one is made and what is checked belongs to {@code dev.hyperflow.models}.
 */
package dev.hyperflow.app.bundle;
