package dev.hyperflow.models.internal;

/**
 * What an encoder makes of a text before it encodes it.
 *
 * @param known words and parts of words that it knows; numbers and punctuation count in a text
 *     without letters only
 * @param unknown tokens that it does not know, and those of a script in which it knows letters
 *     alone
 * @param cut whether it reads the beginning of the text only
 */
public record TextTokens(int known, int unknown, boolean cut) {}
