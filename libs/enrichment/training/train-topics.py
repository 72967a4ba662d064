"""Trains the topic model: a softmax over word evidence.

    python training/train-topics.py TOPICS.ndjson . [--folds 5]

TOPICS has {lang, set, text, label} lines; LABELS below maps the labels to IPTC top terms. The score of
a topic is the sum of three linear parts: words of its own list (data/topic-words.json; one weight for
all topics and languages, so topics without training texts have it too), single words seen in training,
and the mean word vector (English). Writes model/topics.json. With --folds, prints the accuracy over
held-out texts first; translations of one sentence stay together.
"""
import json
import re
import sys
import unicodedata
import zlib

import numpy

LABELS = {
    "politics": "politics and government", "disaster": "disaster, accident and emergency incident",
    "crime": "crime, law and justice", "science": "science and technology",
    "science/technology": "science and technology", "technology": "science and technology", "health": "health",
    "arts": "arts, culture, entertainment and media", "entertainment": "arts, culture, entertainment and media",
    "conflict": "conflict, war and peace", "sport": "sport", "sports": "sport", "weather": "weather",
    "business": "economy, business and finance", "religion": "religion", "education": "education",
    "environment": "environment", "labour": "labour", "society": "society", "lifestyle": "lifestyle and leisure",
}
ROUNDS = 300
RATE = 0.5
# Words are many and rare, so they are held back more than lists and vectors.
L2_WORDS, L2_VECTORS, L2_LIST = 0.003, 0.003, 0.0005
LEAST_TEXTS = 2
LEAD_WORDS = 60


# Endings by which Romance words are known in English, as in src/words/english-words.ts.
COGNATES = [
    (r"(?:ité|idad|idade|ità)s?$", "ity"), (r"(?:ción|ciones|zione|zioni|ção|ções)$", "tion"), (r"tions$", "tion"),
    (r"(?:iques?|ico|ica|icos|icas|ici|iche)$", "ic"), (r"(?:isme|ismo)s?$", "ism"), (r"(?:iste|ista)s?$", "ist"),
    (r"(?:eur|eurs|ador|adores|atore)$", "or"), (r"(?:aires?|ario|aria|arios)$", "ary"), (r"(?:ents?|ante?s?)$", "ent"),
    (r"(?:ogie|ogía|ogia)s?$", "ogy"), (r"(?:es|s|e|o|a|os|as)$", ""),
]
ROMANCE = {"fr", "es", "it", "pt", "ca", "ro"}


def plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def main() -> None:
    texts_path, root = sys.argv[1:3]
    model = Evidence(root)
    rows = [json.loads(line) for line in open(texts_path, encoding="utf-8") if line.strip()]
    if "--folds" in sys.argv:
        cross_validate(model, rows, int(sys.argv[sys.argv.index("--folds") + 1]))
    with open(f"{root}/model/topics.json", "w", encoding="utf-8") as file:
        json.dump(train(model, rows).packed(), file, ensure_ascii=False, separators=(",", ":"))


class Evidence:
    """Turns a text into the numbers the model weighs; src/topics/evidence.ts does the same."""

    def __init__(self, root: str) -> None:
        lists = json.load(open(f"{root}/data/topic-words.json", encoding="utf-8"))["topics"]
        self.topics = [topic["label"] for topic in lists]
        self.exact, self.prefixes = {}, {}
        for at, topic in enumerate(lists):
            for language, words in topic["words"].items():
                for word in words.split():
                    table = self.prefixes if word.endswith("*") else self.exact
                    table.setdefault((language, word.rstrip("*")), set()).add(at)
        dictionaries = json.load(open(f"{root}/data/english-words.json", encoding="utf-8"))
        self.english = {
            (language, word): english
            for language, meanings in dictionaries.items()
            for english, words in meanings.items()
            for word in words.split(" ")
        }
        index = json.load(open(f"{root}/data/word-vectors.json", encoding="utf-8"))
        self.row = {word: at for at, word in enumerate(index["words"].split(" "))}
        self.vectors = numpy.fromfile(f"{root}/data/word-vectors.bin", dtype=numpy.int8).reshape(-1, index["dimensions"])

    def words(self, text: str) -> list[str]:
        return re.findall(r"[^\W\d_]{2,}", text.lower())

    def topics_of(self, language: str, word: str) -> set[int]:
        found = set(self.exact.get((language, word), ()))
        for end in range(3, len(word) + 1):
            found |= self.prefixes.get((language, word[:end]), set())
        return found

    def english_word(self, word: str, language: str) -> str | None:
        if language == "en":
            return word
        return self.english.get((language, word)) or self.cognate(word, language)

    def cognate(self, word: str, language: str) -> str | None:
        if language not in ROMANCE or len(word) < 5:
            return None
        for ending, english in COGNATES:
            if not re.search(ending, word):
                continue
            candidate = plain(re.sub(ending, english, word))
            if len(candidate) >= 4 and candidate in self.row:
                return candidate
        return plain(word) if plain(word) in self.row else None

    def weight(self, at: int) -> float:
        return 2.0 if at < LEAD_WORDS else 1.0

    def read(self, language: str, text: str) -> dict:
        words = self.words(text)
        lists = numpy.zeros(len(self.topics))
        vector = numpy.zeros(self.vectors.shape[1])
        counts, known = {}, 0.0
        for at, word in enumerate(words):
            weight = self.weight(at)
            topics = self.topics_of(language, word)
            for topic in topics:
                lists[topic] += weight / len(topics)
            key = f"{language}:{word}"
            counts[key] = counts.get(key, 0) + weight
            row = self.row.get(self.english_word(word, language))
            if row is not None:
                # Commoner words say less.
                share = weight * min(1.0, row / 2000)
                vector += share * self.vectors[row] / 127
                known += share
        size = numpy.sqrt(max(1.0, sum(counts.values())))
        norm = numpy.linalg.norm(vector)
        return {
            "lists": lists / size,
            "words": {key: min(count, 4) / size for key, count in counts.items()},
            "vector": vector / norm if norm else vector,
        }


class Model:
    def __init__(self, topics, seen, names, bias, own, words, vectors) -> None:
        self.topics, self.seen, self.names = topics, seen, names
        self.bias, self.own, self.words, self.vectors = bias, own, words, vectors

    def scores(self, evidence: dict) -> numpy.ndarray:
        scores = self.bias + self.own * evidence["lists"] + evidence["vector"] @ self.vectors
        for key, value in evidence["words"].items():
            at = self.names.get(key)
            if at is not None:
                scores = scores + value * self.words[at]
        return scores

    def packed(self) -> dict:
        words = {}
        for key, at in self.names.items():
            pairs = [[topic, round(float(weight), 2)] for topic, weight in enumerate(self.words[at]) if abs(weight) >= 0.05]
            if pairs:
                words[key] = [part for pair in pairs for part in pair]
        rounded = lambda rows: [[round(float(x), 3) for x in row] for row in rows]
        return {
            "own": round(float(self.own), 3),
            "bias": [round(float(x), 3) for x in self.bias],
            "vectors": rounded(self.vectors),
            "words": words,
        }


def train(evidence: Evidence, rows: list[dict]) -> Model:
    read = [evidence.read(row["lang"], row["text"]) for row in rows]
    gold = numpy.array([evidence.topics.index(LABELS[row["label"]]) for row in rows])
    seen = sorted(set(gold.tolist()))
    counts = {}
    for one in read:
        for key in one["words"]:
            counts[key] = counts.get(key, 0) + 1
    names = {key: at for at, key in enumerate(sorted(key for key, n in counts.items() if n >= LEAST_TEXTS))}
    lists = numpy.array([one["lists"] for one in read])
    vectors = numpy.array([one["vector"] for one in read])
    words = numpy.zeros((len(rows), len(names)))
    for at, one in enumerate(read):
        for key, value in one["words"].items():
            if key in names:
                words[at, names[key]] = value
    width = len(evidence.topics)
    bias, own = numpy.zeros(width), 2.0
    u, v = numpy.zeros((len(names), width)), numpy.zeros((vectors.shape[1], width))
    target = numpy.eye(width)[gold]
    mask = numpy.zeros(width)
    mask[seen] = 1
    rate = RATE
    for _ in range(ROUNDS):
        z = bias + own * lists + vectors @ v + words @ u
        z = numpy.where(mask, z, -1e9)
        p = numpy.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        error = (p - target) / len(rows)
        bias -= rate * (error.sum(axis=0) + L2_LIST * bias)
        own -= rate * 4 * ((error * lists).sum() + L2_LIST * (own - 2))
        u -= rate * 20 * (words.T @ error + L2_WORDS / len(seen) * u)
        v -= rate * 4 * (vectors.T @ error + L2_VECTORS / len(seen) * v)
    # Topics without training texts stand a little below the others.
    unseen = numpy.where(mask == 0)[0]
    bias[unseen] = bias[seen].min() - 0.3
    return Model(evidence.topics, seen, names, bias, own, u, v)


def cross_validate(evidence: Evidence, rows: list[dict], folds: int) -> None:
    right, total = {}, {}
    fold_of = [zlib.crc32(re.sub(r"^\D*", "", row["id"]).encode()) % folds for row in rows]
    for fold in range(folds):
        model = train(evidence, [row for row, f in zip(rows, fold_of) if f != fold])
        for row, f in zip(rows, fold_of):
            if f != fold:
                continue
            found = model.topics[int(model.scores(evidence.read(row["lang"], row["text"])).argmax())]
            accepted = {LABELS[row["label"]]} | ({"disaster, accident and emergency incident"} if row["label"] == "weather" else set())
            total[row["set"]] = total.get(row["set"], 0) + 1
            right[row["set"]] = right.get(row["set"], 0) + (found in accepted)
    for name in total:
        print(f"{name}: {right[name] / total[name]:.3f} of {total[name]} held-out texts")


main()
