"""Plays streams of `./hyperflow evaluate --stream` to the learners of River.

    pip install river numpy
    ./hyperflow evaluate --stream --data FILE --out report
    python docs/examples/river_stream.py report/streams river.csv
    ./hyperflow evaluate --stream --data FILE --out report --beside report/answers.csv river.csv

The directory has two files for each stream:

NAME.csv  The first line names the columns: stream,order,action,event,label. Each further line is a
          step. `ask` has the learner answer event N; the label is the truth. `learn` tells the
          learner the label of event N, which may be late, wrong or missing. Steps come in order.
NAME.npy  An array of float32. Row N holds the features of event N.

The result has one line for each question:
method,stream,order,event,predicted,probability,confidence,millis. `probability` is that of the true
label, `confidence` that of the answer; both are empty where a learner gives none. `millis` are the
milliseconds for the question and the label that arrived after it.
"""

import argparse
import csv
import pathlib
import time

import numpy as np
from river import forest, linear_model, multiclass, naive_bayes, neighbors, optim, tree

COLUMNS = ["method", "stream", "order", "event", "predicted", "probability", "confidence", "millis"]


def euclidean(a, b):
    """The distance of two examples of the window, whose first part holds one vector."""
    difference = a[0]["x"] - b[0]["x"]
    return float(np.sqrt(difference @ difference))


def learners(seed):
    """Maker, by name, and whether it takes the whole vector as one feature."""
    return {
        "River softmax SGD(0.5)": (
            lambda: linear_model.SoftmaxRegression(optimizer=optim.SGD(0.5), l2=0), False),
        "River softmax Adam(0.02)": (
            lambda: linear_model.SoftmaxRegression(optimizer=optim.Adam(0.02), l2=0), False),
        "River one-vs-rest PA": (
            lambda: multiclass.OneVsRestClassifier(linear_model.PAClassifier()), False),
        "River GaussianNB": (naive_bayes.GaussianNB, False),
        "River 3-NN": (
            lambda: neighbors.KNNClassifier(
                n_neighbors=3,
                engine=neighbors.LazySearch(window_size=2000, dist_func=euclidean)), True),
        "River Hoeffding adaptive tree": (
            lambda: tree.HoeffdingAdaptiveTreeClassifier(seed=seed), False),
        "River adaptive random forest": (lambda: forest.ARFClassifier(seed=seed), False),
    }


def probabilities(model, x):
    """The probability of each label; none where the learner knows labels alone."""
    try:
        return model.predict_proba_one(x)
    except NotImplementedError:
        return {}


def cell(value):
    return "" if value is None else f"{value:.6f}"


def play(name, model, whole, steps, rows, out):
    """Asks and teaches in order, and writes a line for each question."""
    pending = None
    seconds = 0.0
    for step in steps:
        event = int(step["event"])
        x = {"x": rows[event]} if whole else dict(enumerate(rows[event].tolist()))
        begun = time.perf_counter()
        if step["action"] == "learn":
            model.learn_one(x, step["label"])
            seconds += time.perf_counter() - begun
            continue
        if pending:
            out.writerow(pending + [cell(1000 * seconds)])
        known = {label: p for label, p in probabilities(model, x).items() if p == p}
        answer = max(known, key=known.get) if known else model.predict_one(x)
        seconds = time.perf_counter() - begun
        pending = [
            name, step["stream"], step["order"], event, answer if answer is not None else "",
            cell(min(1.0, known.get(step["label"], 0.0)) if known else None),
            cell(min(1.0, known[answer]) if known else None)]
    out.writerow(pending + [cell(1000 * seconds)])


def main():
    parser = argparse.ArgumentParser(description="Plays streams to the learners of River.")
    parser.add_argument("streams", type=pathlib.Path, help="the directory of streams")
    parser.add_argument("out", type=pathlib.Path, help="gets the answers")
    parser.add_argument("--methods", help="words that names must contain one of, comma-separated")
    parser.add_argument("--seed", type=int, default=1, help="of the trees")
    arguments = parser.parse_args()
    words = arguments.methods.split(",") if arguments.methods else [""]
    chosen = {name: maker for name, maker in learners(arguments.seed).items()
              if any(word in name for word in words)}
    files = sorted(arguments.streams.glob("*.csv"))
    if not files:
        parser.error(f"{arguments.streams}: expected streams, found none")
    with open(arguments.out, "w", newline="", encoding="utf-8") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(COLUMNS)
        for file in files:
            with open(file, newline="", encoding="utf-8") as source:
                steps = list(csv.DictReader(source))
            rows = np.load(file.with_suffix(".npy"))
            for name, (make, whole) in chosen.items():
                begun = time.perf_counter()
                play(name, make(), whole, steps, rows, out)
                print(f"{file.stem}: {name}: {time.perf_counter() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
