/**
 * Dead letters after the fact: finding them, showing them, and sending their records again.
 *
 * <p>Works beside a running application, through Kafka alone. How many letters the demo expects is
 * the business of {@code ledger}.
 */
package dev.hyperflow.server.letters;
