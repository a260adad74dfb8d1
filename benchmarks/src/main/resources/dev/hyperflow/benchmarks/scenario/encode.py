"""Encodes texts with plain ONNX Runtime, as a program in Python would.

    pip install onnxruntime tokenizers
    python encode.py MODEL.onnx TOKENIZER.json TEXTS THREADS

TEXTS has a text in each line. For each number that it reads, the program encodes all texts in lists of
so many, and prints the nanoseconds and the nanoseconds of processor time that this took. As in
sentence-transformers, a list has texts of similar length and is padded to its longest one.
"""

import sys
import time

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

MAX_TOKENS = 256


def opened(model, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def vectors(session, tokenizer, texts):
    encoded = tokenizer.encode_batch(texts)
    mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
    given = {
        "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    names = {i.name for i in session.get_inputs()}
    states = session.run(None, {name: given[name] for name in names})[0]
    weights = mask[:, :, None].astype(np.float32)
    means = (states * weights).sum(axis=1) / weights.sum(axis=1)
    return means / np.linalg.norm(means, axis=1, keepdims=True)


def main(model, tokenizer_file, texts_file, threads):
    session = opened(model, int(threads))
    tokenizer = Tokenizer.from_file(tokenizer_file)
    tokenizer.enable_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    with open(texts_file, encoding="utf-8") as file:
        texts = sorted(file.read().splitlines(), key=len, reverse=True)
    for line in sys.stdin:
        size = int(line)
        start, start_of_cpu = time.perf_counter_ns(), time.process_time_ns()
        for i in range(0, len(texts), size):
            vectors(session, tokenizer, texts[i : i + size])
        nanos, cpu = time.perf_counter_ns() - start, time.process_time_ns() - start_of_cpu
        print(nanos, cpu, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
