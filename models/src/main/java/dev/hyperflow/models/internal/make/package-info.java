/** Makes bundles around drift networks, and encoders of bytes. Serving needs nothing of this. */
package dev.hyperflow.models.internal.make;
