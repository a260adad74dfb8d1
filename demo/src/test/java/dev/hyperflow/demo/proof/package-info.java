/**
 * Proofs of what the product promises, made from outside: a real broker in a process of its own,
 * the application in processes of its own, processes killed at random moments, and hostile input.
 *
 * <p>The pieces: {@link dev.hyperflow.demo.proof.BrokerProcess} and {@link
 * dev.hyperflow.demo.proof.ApplicationProcess} are what is killed; {@link
 * dev.hyperflow.demo.proof.Load} makes records from a seed and {@link
 * dev.hyperflow.demo.proof.Sender} sends them and remembers what must come of each; {@link
 * dev.hyperflow.demo.proof.ReferenceMemory} is an independent model of a tenant's support set;
 * {@link dev.hyperflow.demo.proof.Outcome} is what the output topics hold in the end; {@link
 * dev.hyperflow.demo.proof.Trial} runs one cell of the matrix and {@link
 * dev.hyperflow.demo.proof.Judgement} compares.
 */
package dev.hyperflow.demo.proof;
