"""Plays streams of `./hyperflow evaluate --stream` to the learners of River.

    pip install river numpy
    ./hyperflow evaluate --stream --streams-only --data FILE --out report
    python docs/examples/river_stream.py report/streams river.csv
    ./hyperflow evaluate --stream --data FILE --out report --beside river.csv

`stream_player.py` describes the files that it reads and writes.
"""

import numpy as np
from river import forest, linear_model, multiclass, naive_bayes, neighbors, optim, tree

from stream_player import main


class Learner:
    """A classifier of River, which takes a dict of features."""

    def __init__(self, model, features=lambda x: dict(enumerate(x.tolist()))):
        self.model = model
        self.features = features

    def ask(self, x):
        x = self.features(x)
        try:
            known = {n: p for n, p in self.model.predict_proba_one(x).items() if p == p}
        except NotImplementedError:
            known = {}
        return max(known, key=known.get) if known else self.model.predict_one(x), known

    def learn(self, x, label):
        self.model.learn_one(self.features(x), label)


def euclidean(a, b):
    """The distance of two vectors that are one feature each."""
    difference = a["x"] - b["x"]
    return float(np.sqrt(difference @ difference))


def softmax(optimizer):
    return Learner(linear_model.SoftmaxRegression(optimizer=optimizer, l2=0))


def three_neighbours(seed, dimension, labels):
    window = neighbors.LazySearch(window_size=2000, dist_func=euclidean)
    return Learner(neighbors.KNNClassifier(n_neighbors=3, engine=window), lambda x: {"x": x})


LEARNERS = {
    "River softmax SGD(0.5)": lambda seed, dimension, labels: softmax(optim.SGD(0.5)),
    "River softmax Adam(0.02)": lambda seed, dimension, labels: softmax(optim.Adam(0.02)),
    "River one-vs-rest PA": lambda seed, dimension, labels: Learner(
        multiclass.OneVsRestClassifier(linear_model.PAClassifier())),
    "River GaussianNB": lambda seed, dimension, labels: Learner(naive_bayes.GaussianNB()),
    "River 3-NN": three_neighbours,
    "River Hoeffding adaptive tree": lambda seed, dimension, labels: Learner(
        tree.HoeffdingAdaptiveTreeClassifier(seed=seed)),
    "River adaptive random forest": lambda seed, dimension, labels: Learner(
        forest.ARFClassifier(seed=seed)),
}

if __name__ == "__main__":
    main("Plays streams to the learners of River.", LEARNERS)
