"""Trains the head that reads names off what an encoder and a recognizer make of words (see src/entities/vector-head.ts,
which it is run by).

    node training/dump-entity-vectors.mjs GOLD.ndjson OUT --folds 5
    pip install numpy
    python training/train-entity-head.py OUT model/entity-head.json [MORE]
    node training/train-entities.mjs GOLD.ndjson --folds 5 --head OUT

Encoder and recognizer are left as they are. The encoder's vectors are cut down to their strongest directions; networks
of one hidden layer are shown the token, its neighbours, its run of capitals and the same word elsewhere in the document.
The first network sees what the encoder says, the second what the recognizer says too: two that err differently are
better together than two of a kind.
With the head it writes OUT.opinions.f32: for each token of each run, what heads that have not seen its document
say (natural logarithms of the chance of each tag), for the cross-validation. MORE is a dump of texts without labels:
what the head says of them goes to MORE.opinions.f32, and what those of the folds say to MORE.opinions.0.f32 and so on,
for train-entities.mjs to learn from. The same input gives the same files.
"""
import base64
import json
import sys

import numpy

# Of what the PyPI packages hold that scripts/encoder/install.mjs fetches.
ENCODER = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
RECOGNIZER = "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d"
DIRECTIONS = 256
HIDDEN = 128
DROPPED = 0.5
DECAY = 0.01
EPOCHS = 20
BATCH = 128
RATE = 1e-3
# How many of the views each network reads: the encoder's vectors, the recognizer's, the recognizer's moves.
NETWORKS = [1, 3]
# What the opinion counts beside the sequence model's score.
WEIGHT = 1.8
TAGS = 13


def main(dump: str, out: str, more: str | None = None) -> None:
    views, tokens, runs = read(dump)
    tags = numpy.concatenate([run["tags"] for run in runs])
    folds = numpy.concatenate([[run["fold"]] * len(run["tags"]) for run in runs])
    others = read(more) if more else None

    opinions = numpy.zeros((len(tags), TAGS), dtype=numpy.float32)
    for fold in range(folds.max() + 1):
        seen, held_out = numpy.flatnonzero(folds != fold), numpy.flatnonzero(folds == fold)
        readings = readings_of(views, tokens[seen])
        inputs = inputs_of(readings, views, tokens, runs)
        networks = train_all([view[seen] for view in inputs], tags[seen])
        opinions[held_out] = opinion_of(networks, [view[held_out] for view in inputs])
        right = numpy.mean(opinions[held_out].argmax(axis=1) == tags[held_out])
        print(f"fold {fold}: {right:.3f} of the tags right", flush=True)
        if others:
            opinion_of(networks, inputs_of(readings, *others)).tofile(f"{more}.opinions.{fold}.f32")
    opinions.tofile(f"{dump}.opinions.f32")

    readings = readings_of(views, tokens)
    networks = train_all(inputs_of(readings, views, tokens, runs), tags)
    if others:
        opinion_of(networks, inputs_of(readings, *others)).tofile(f"{more}.opinions.f32")
    head = {
        "encoder": ENCODER,
        "recognizer": RECOGNIZER,
        "views": [
            {"mean": [round(float(value), 5) for value in mean], "projection": packed(projection)}
            for mean, projection in readings
        ],
        "networks": [packed_network(network) for network in networks],
        "weight": WEIGHT,
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(head, file, separators=(",", ":"))


def read(dump: str) -> tuple[list[numpy.ndarray], numpy.ndarray, list[dict]]:
    """The views of all tokens, which of them stand in runs, and the runs."""
    with open(f"{dump}.json", encoding="utf-8") as file:
        index = json.load(file)
    widths = index["dimensions"]
    vectors = numpy.fromfile(f"{dump}.f32", dtype=numpy.float32).reshape(index["tokens"], sum(widths))
    views = numpy.split(vectors, numpy.cumsum(widths)[:-1], axis=1)
    runs = index["runs"]
    tokens = numpy.concatenate([numpy.arange(run["first"], run["first"] + len(run["tags"])) for run in runs])
    return views, tokens, runs


def readings_of(views: list[numpy.ndarray], tokens: numpy.ndarray) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
    """How each view is to be read, going by these tokens."""
    return [strongest(views[0][tokens])] + [one_size(view[tokens]) for view in views[1:]]


def strongest(points: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Their mean, and the projection on their strongest directions, which also brings these nearer to one size."""
    mean, spread = points.mean(axis=0), points.std(axis=0) + 1e-6
    _, strengths, directions = numpy.linalg.svd((points - mean) / spread, full_matrices=False)
    projection = directions[:DIRECTIONS].T / numpy.sqrt(strengths[:DIRECTIONS]) / spread[:, None]
    projection /= ((points - mean) @ projection).std()
    return mean, projection.astype(numpy.float32)


def one_size(points: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Their mean, and a projection that keeps every direction as strong as it is among the others."""
    mean = points.mean(axis=0)
    return mean, numpy.eye(points.shape[1], dtype=numpy.float32) / (points - mean).std()


def inputs_of(readings: list, views: list, tokens: numpy.ndarray, runs: list[dict]) -> list[numpy.ndarray]:
    """What VectorHead makes of each view."""
    projected = [((view - mean) @ projection).astype(numpy.float32) for view, (mean, projection) in zip(views, readings)]
    return [shown(view, tokens, runs) for view in projected]


def shown(projected: numpy.ndarray, tokens: numpy.ndarray, runs: list[dict]) -> numpy.ndarray:
    own = projected[tokens]
    before = projected[numpy.maximum(tokens - 1, 0)]
    after = projected[numpy.minimum(tokens + 1, len(projected) - 1)]
    run_mean, run_last, alike = numpy.empty_like(own), numpy.empty_like(own), numpy.empty_like(own)
    places: dict[tuple[int, str], list[int]] = {}
    at = 0
    for run in runs:
        end = at + len(run["tags"])
        run_mean[at:end] = own[at:end].mean(axis=0)
        run_last[at:end] = own[end - 1]
        for place, word in zip(range(at, end), run["words"]):
            places.setdefault((run["document"], word), []).append(place)
        at = end
    for same in places.values():
        alike[same] = own[same].mean(axis=0)
    return numpy.concatenate([own, before, after, run_mean, run_last, alike], axis=1)


def train_all(inputs: list[numpy.ndarray], tags: numpy.ndarray) -> list[list[numpy.ndarray]]:
    return [train(numpy.concatenate(inputs[:count], axis=1), tags, seed) for seed, count in enumerate(NETWORKS)]


def train(inputs: numpy.ndarray, tags: numpy.ndarray, seed: int) -> list[numpy.ndarray]:
    """By Adam with weight decay and dropout; the rate falls to nothing."""
    random = numpy.random.default_rng(seed)
    normal = lambda rows, columns: random.standard_normal((rows, columns), dtype=numpy.float32) / numpy.float32(rows**0.5)
    network = [normal(inputs.shape[1], HIDDEN), numpy.zeros(HIDDEN, numpy.float32)]
    network += [normal(HIDDEN, TAGS), numpy.zeros(TAGS, numpy.float32)]
    first, second = [numpy.zeros_like(part) for part in network], [numpy.zeros_like(part) for part in network]
    batches = len(tags) // BATCH
    for step in range(1, EPOCHS * batches + 1):
        if step % batches == 1:
            order = random.permutation(len(tags))
        batch = order[(step - 1) % batches * BATCH :][:BATCH]
        rate = numpy.float32(RATE * (1 - step / (EPOCHS * batches)))
        first_scale, second_scale = numpy.float32(1 / (1 - 0.9**step)), numpy.float32(1 / (1 - 0.999**step))
        for at, gradient in enumerate(gradients(network, inputs[batch], tags[batch], random)):
            first[at] += numpy.float32(0.1) * (gradient - first[at])
            second[at] += numpy.float32(0.001) * (gradient * gradient - second[at])
            move = first[at] * first_scale / (numpy.sqrt(second[at] * second_scale) + numpy.float32(1e-8))
            network[at] -= rate * (move + (numpy.float32(DECAY) * network[at] if network[at].ndim == 2 else 0))
    return network


def gradients(network, inputs, tags, random) -> list[numpy.ndarray]:
    kept = lambda shape: (random.integers(0, 256, shape, dtype=numpy.uint8) >= DROPPED * 256) * numpy.float32(1 / (1 - DROPPED))
    inputs = inputs * kept(inputs.shape)
    inner = inputs @ network[0] + network[1]
    mask = kept(inner.shape) * (inner > 0)
    hidden = inner * mask
    error = numpy.exp(log_softmax(hidden @ network[2] + network[3]))
    error[numpy.arange(len(tags)), tags] -= 1
    error /= len(tags)
    back = error @ network[2].T * mask
    return [inputs.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


def opinion_of(networks, inputs: list[numpy.ndarray]) -> numpy.ndarray:
    """The mean over the networks."""
    read = [numpy.concatenate(inputs[:count], axis=1) for count in NETWORKS]
    scores = [numpy.maximum(seen @ one[0] + one[1], 0) @ one[2] + one[3] for seen, one in zip(read, networks)]
    return numpy.mean([log_softmax(score) for score in scores], axis=0, dtype=numpy.float32)


def log_softmax(scores: numpy.ndarray) -> numpy.ndarray:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - numpy.log(numpy.exp(scores).sum(axis=1, keepdims=True))


def packed_network(network) -> dict:
    hidden, hidden_bias, tags, tag_bias = network
    rounded = lambda values: [round(float(value), 5) for value in values]
    return {
        "hidden": packed(hidden),
        "hiddenBias": rounded(hidden_bias),
        "tags": packed(tags),
        "tagBias": rounded(tag_bias),
    }


def packed(matrix: numpy.ndarray) -> dict:
    scales = numpy.abs(matrix).max(axis=0) / 127 + 1e-12
    values = numpy.round(matrix / scales).astype(numpy.int8)
    return {
        "rows": matrix.shape[0],
        "columns": matrix.shape[1],
        "scales": [float(f"{scale:.5g}") for scale in scales],
        "values": base64.b64encode(values.tobytes()).decode(),
    }


main(*sys.argv[1:])
