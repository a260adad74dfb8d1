/** Makes bundles around drift networks. Serving needs nothing of this. */
package dev.hyperflow.models.internal.make;
