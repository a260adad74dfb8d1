/** The file that the memory of all tenants is saved to, and its layout. */
package dev.hyperflow.engine.internal.file;
