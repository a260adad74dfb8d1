"""Trains a small drift network in PyTorch on random tasks and exports it for HyperFlow Streams.

    pip install torch onnx numpy
    python drift_pytorch.py --out drift.onnx
    ./hyperflow bundle create --drift drift.onnx --out my-bundle --steps 8 --horizon 8 --scale 4
    ./hyperflow bundle verify my-bundle

docs/bring-your-own-drift.md explains the contract and the reasons for the form of this network.
"""

import argparse

import torch
from torch import nn

STEPS, HORIZON, SCALE = 8, 8.0, 4.0
MASKED = -1e30  # finite, because 0 times minus infinity is not a number


class Drift(nn.Module):
    """d(head)/dt: the negative gradient of each label, times a learned rate, minus a learned decay.

    The network sees features only in inner products, so it takes any number D of them. It computes
    rates label by label from numbers without positions, so labels and examples may change places.
    """

    def __init__(self, hidden=16):
        super().__init__()
        self.rates = nn.Sequential(nn.Linear(4, hidden), nn.Tanh(), nn.Linear(hidden, 2))

    def forward(self, head, t, support, membership, label_mask):
        # head [B,N,D+1], t [B], support [B,M,D], membership [B,M,N], label_mask [B,N]
        bias = torch.ones_like(support[:, :, :1])
        x = torch.cat([support, bias], dim=2)
        columns = label_mask.unsqueeze(1) > 0
        logits = torch.matmul(x, head.transpose(1, 2))
        masked = torch.where(columns, logits, torch.full_like(logits, MASKED))
        p = torch.softmax(masked, dim=2)

        # A row of membership is one-hot times weight, so its sum over labels is the weight.
        weight = membership.sum(dim=2, keepdim=True)
        residual = membership - weight * p
        gradient = torch.matmul(residual.transpose(1, 2), x)

        # Sums over examples are matrix products: rows of zeros change nothing in them.
        sums = torch.matmul(membership.transpose(1, 2), torch.cat([membership * p, x], dim=2))
        count = sums[:, :, -1:]
        own = torch.diagonal(sums[:, :, : head.shape[1]], dim1=1, dim2=2).unsqueeze(2)
        some = torch.where(count > 0, count, torch.ones_like(count))
        labels = label_mask.sum(dim=1).reshape(-1, 1, 1)
        # No logarithms: their kernel rounds an item by its position in the batch.
        facts = torch.cat(
            [
                some / (some + 4),
                (4 / (labels + 4)).expand_as(count),
                own / (some * some),
                (t.reshape(-1, 1, 1) / HORIZON).expand_as(count),
            ],
            dim=2,
        )
        rates = torch.sigmoid(self.rates(facts))
        drift = 8 * rates[:, :, :1] * gradient / some - 0.1 * rates[:, :, 1:] * head
        return torch.where(label_mask.unsqueeze(2) > 0, drift, torch.zeros_like(drift))


def prototypes(support, membership):
    """Returns the initial head of a bundle with bias nearest-mean."""
    count = membership.sum(dim=1).unsqueeze(2)
    means = torch.matmul(membership.transpose(1, 2), support) / count
    return torch.cat([SCALE * means, -SCALE / 2 * (means**2).sum(dim=2, keepdim=True)], dim=2)


def integrate(drift, support, membership, label_mask):
    """Takes the Euler steps that integrate.onnx takes."""
    head = prototypes(support, membership)
    for step in range(STEPS):
        t = torch.full((head.shape[0],), HORIZON * step / STEPS)
        head = head + HORIZON / STEPS * drift(head, t, support, membership, label_mask)
    return head


def tasks(batch=16, labels=8, shots=12, queries=8, dimension=48):
    """Draws random tasks: labels differ in a third of the directions; the rest has more noise."""
    telling = torch.arange(dimension) < dimension // 3
    centres = torch.randn(batch, labels, 1, dimension) * telling
    noise = torch.randn(batch, labels, shots + queries, dimension)
    x = centres + torch.where(telling, 1.0 * noise, 2.0 * noise)
    x = x / x.norm(dim=3, keepdim=True)
    support = x[:, :, :shots].reshape(batch, -1, dimension)
    query = x[:, :, shots:].reshape(batch, -1, dimension)
    membership = torch.eye(labels).repeat_interleave(shots, 0).expand(batch, -1, -1)
    truth = torch.arange(labels).repeat_interleave(queries).expand(batch, -1)
    return support, membership, torch.ones(batch, labels), query, truth


def scores(head, query):
    return torch.matmul(query, head[:, :, :-1].transpose(1, 2)) + head[:, :, -1].unsqueeze(1)


def train(drift, steps):
    optimiser = torch.optim.Adam(drift.parameters(), lr=3e-3)
    for step in range(steps):
        support, membership, mask, query, truth = tasks()
        head = integrate(drift, support, membership, mask)
        loss = nn.functional.cross_entropy(scores(head, query).flatten(0, 1), truth.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 50 == 0 or step == steps - 1:
            print(f"step {step:4d}  query loss {loss.item():.4f}", flush=True)


def evaluate(drift):
    support, membership, mask, query, truth = tasks(batch=128)
    with torch.no_grad():
        for name, head in [
            ("prototypes", prototypes(support, membership)),
            ("drift", integrate(drift, support, membership, mask)),
        ]:
            accuracy = (scores(head, query).argmax(dim=2) == truth).float().mean()
            print(f"{name:10s} accuracy {100 * accuracy:.1f} %", flush=True)


def export(drift, path):
    batch, labels, examples, dimension = 2, 3, 5, 7
    support = torch.randn(batch, examples, dimension)
    membership = torch.eye(labels)[torch.arange(examples) % labels].expand(batch, -1, -1)
    head = torch.randn(batch, labels, dimension + 1)
    inputs = (head, torch.zeros(batch), support, membership, torch.ones(batch, labels))
    torch.onnx.export(
        drift.eval(),
        inputs,
        path,
        input_names=["head", "t", "support", "membership", "label_mask"],
        output_names=["drift"],
        opset_version=18,
        dynamo=False,
        dynamic_axes={
            "head": {0: "B", 1: "N", 2: "D1"},
            "t": {0: "B"},
            "support": {0: "B", 1: "M", 2: "D"},
            "membership": {0: "B", 1: "M", 2: "N"},
            "label_mask": {0: "B", 1: "N"},
            "drift": {0: "B", 1: "N", 2: "D1"},
        },
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default="drift.onnx", help="file to write")
    parser.add_argument("--train-steps", type=int, default=300, help="0 exports an untrained network")
    parser.add_argument("--seed", type=int, default=1, help="seed of all random numbers")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    drift = Drift()
    train(drift, arguments.train_steps)
    evaluate(drift)
    export(drift, arguments.out)
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
