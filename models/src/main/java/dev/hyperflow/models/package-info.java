/**
 * What users of models hold in their hands: heads, and the errors of bundles and networks.
 *
 * <p>Everything else is internal and may change without notice.
 */
package dev.hyperflow.models;
