package dev.hyperflow.training.network;

/**
 * A batch of support sets as the network sees them.
 *
 * @param ones [B,M,D+1], features and a last column of ones; M is padded to a multiple of 32
 * @param membership [B,M,N], one-hot label times example weight; a zero row is padding
 * @param labelRows truth values [B,N,1]: which labels are real
 * @param labelColumns truth values [B,1,N]: the same, across
 * @param <T> a tensor
 */
public record SupportTensors<T>(T ones, T membership, T labelRows, T labelColumns) {}
