/**
 * Files of labelled texts in the formats that people have: rows in, findings and rows out.
 *
 * <p>Reading streams: a file of any size takes the memory of one row. What becomes of the rows
 * belongs to whoever reads: import, the demo, training.
 */
package dev.hyperflow.engine.internal.files;
