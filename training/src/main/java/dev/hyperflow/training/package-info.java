/**
 * The programs that make and judge drift networks: {@code ./hyperflow train}, {@code evaluate} and
 * {@code finetune}. Nothing here is on the class path of the application.
 */
package dev.hyperflow.training;
