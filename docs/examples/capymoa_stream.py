"""Plays streams of `./hyperflow evaluate --stream` to the learners of CapyMOA.

    pip install capymoa
    ./hyperflow evaluate --stream --streams-only --data FILE --out report
    python docs/examples/capymoa_stream.py report/streams capymoa.csv
    ./hyperflow evaluate --stream --data FILE --out report --beside capymoa.csv

`stream_player.py` describes the files that it reads and writes. CapyMOA needs Java. It brings MOA,
which is under the GPL-3: this script is its only user, and the project neither ships nor links it.

A learner of CapyMOA is told the names of all labels of the stream before it begins.
"""

from capymoa import classifier
from capymoa.core import Instance, LabeledInstance
from capymoa.stream import Schema

from stream_player import main


class Learner:
    """A classifier of CapyMOA, which knows labels by their indices."""

    def __init__(self, make, dimension, labels):
        names = [f"x{i}" for i in range(dimension)]
        self.labels = labels
        self.schema = Schema.from_custom(
            features=names + ["label"], target="label", categories={"label": labels})
        self.model = make(self.schema)
        self.learned = False

    def ask(self, x):
        if not self.learned:
            return None, {}
        given = self.model.predict_proba(Instance.from_array(self.schema, x.astype(float)))
        if given is None or not given.sum() > 0:
            return None, {}
        known = dict(zip(self.labels, (given / given.sum()).tolist()))
        return max(known, key=known.get), known

    def learn(self, x, label):
        self.learned = True
        index = self.labels.index(label)
        self.model.train(LabeledInstance.from_array(self.schema, x.astype(float), index))


def of(make):
    return lambda seed, dimension, labels: Learner(
        lambda schema: make(schema, seed), dimension, labels)


LEARNERS = {
    "CapyMOA naive Bayes": of(lambda schema, seed: classifier.NaiveBayes(schema)),
    "CapyMOA 3-NN": of(lambda schema, seed: classifier.KNN(schema, k=3, window_size=2000)),
    "CapyMOA self-adjusting memory 3-NN": of(
        lambda schema, seed: classifier.SAMkNN(schema, random_seed=seed, k=3)),
    "CapyMOA Hoeffding adaptive tree": of(
        lambda schema, seed: classifier.HoeffdingAdaptiveTree(schema, random_seed=seed)),
    "CapyMOA adaptive random forest": of(
        lambda schema, seed: classifier.AdaptiveRandomForestClassifier(
            schema, random_seed=seed, ensemble_size=10)),
}

if __name__ == "__main__":
    main("Plays streams to the learners of CapyMOA.", LEARNERS)
