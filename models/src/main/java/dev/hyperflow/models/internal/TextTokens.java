package dev.hyperflow.models.internal;

/**
 * What an encoder makes of a text before it encodes it.
 *
 * @param known tokens that it knows
 * @param unknown tokens that it does not know; all of them look the same to it
 * @param cut whether it reads the beginning of the text only
 */
public record TextTokens(int known, int unknown, boolean cut) {}
