"""Plays the streams of `./hyperflow evaluate --stream` to learners written in Python.

`river_stream.py` and `capymoa_stream.py` use it. It needs numpy.

The directory `streams` of a report has two files for each stream:

NAME.csv  The first line names the columns: stream,order,action,event,label. Each further line is a
          step. `ask` has the learner answer event N; the label is the truth. `learn` tells the
          learner the label of event N, which may be late, wrong or missing. Steps come in order.
NAME.npy  An array of float32. Row N holds the features of event N.

The result has one line for each question:
method,stream,order,event,predicted,probability,confidence,millis. `probability` is that of the true
label, `confidence` that of the answer; both are empty where a learner gives none. `millis` are the
milliseconds for the question and the label that arrived after it.

A learner has two methods. `ask(x)` gives the answer, or None, and a dict of probabilities, which may
be empty. `learn(x, label)` has it learn. In place of None stands the first label that it was told.
"""

import argparse
import csv
import pathlib
import time

import numpy as np

COLUMNS = ["method", "stream", "order", "event", "predicted", "probability", "confidence", "millis"]


def cell(value):
    return "" if value is None else f"{value:.6f}"


def play(name, learner, steps, rows, out):
    """Asks and teaches in order, and writes a line for each question."""
    line = None
    seconds = 0.0
    first = None
    for step in steps:
        event = int(step["event"])
        begun = time.perf_counter()
        if step["action"] == "learn":
            learner.learn(rows[event], step["label"])
            seconds += time.perf_counter() - begun
            first = first or step["label"]
            continue
        if line:
            out.writerow(line + [cell(1000 * seconds)])
        answer, known = learner.ask(rows[event])
        seconds = time.perf_counter() - begun
        answer = first if answer is None else answer
        line = [
            name, step["stream"], step["order"], event, answer or "",
            cell(min(1.0, known.get(step["label"], 0.0)) if known else None),
            cell(min(1.0, known.get(answer, 0.0)) if known else None)]
    out.writerow(line + [cell(1000 * seconds)])


def main(description, learners):
    """Reads the command line and plays each stream.

    `learners` maps a name to what makes a learner from a random seed, the number of features and
    the names of the labels.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("streams", type=pathlib.Path, help="the directory of streams")
    parser.add_argument("out", type=pathlib.Path, help="gets the answers")
    parser.add_argument("--methods", default="", help="words of names to take, comma-separated")
    parser.add_argument("--seed", type=int, default=1, help="of learners that draw at random")
    arguments = parser.parse_args()
    files = sorted(arguments.streams.glob("*.csv"))
    if not files:
        parser.error(f"{arguments.streams}: expected streams, found none")
    words = arguments.methods.split(",")
    with open(arguments.out, "w", newline="", encoding="utf-8") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(COLUMNS)
        for file in files:
            with open(file, newline="", encoding="utf-8") as source:
                steps = list(csv.DictReader(source))
            rows = np.load(file.with_suffix(".npy"))
            labels = sorted({step["label"] for step in steps})
            for name, make in learners.items():
                if any(word in name for word in words):
                    begun = time.perf_counter()
                    play(name, make(arguments.seed, rows.shape[1], labels), steps, rows, out)
                    target.flush()
                    print(f"{file.stem}: {name}: {time.perf_counter() - begun:.0f} s", flush=True)
