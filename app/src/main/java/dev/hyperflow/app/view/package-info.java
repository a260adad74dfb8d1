/** What verbs print on a terminal: tables of tenants, and colours where a person looks. */
package dev.hyperflow.app.view;
