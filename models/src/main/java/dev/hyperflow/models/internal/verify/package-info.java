/**
 * Judges a bundle before anybody relies on it: each check is one class and one line of the report.
 * What a bundle must keep to be loaded at all is checked by loading, next door in {@code
 * dev.hyperflow.models}; here belongs what takes longer, and what a report can say better than a
 * refusal.
 */
package dev.hyperflow.models.internal.verify;
