"""Near copies by edlib, rapidfuzz and parasail, none of which finds passages: the sample is cut into windows, or aligned whole.

Texts are bytes of Latin-1 with white space collapsed: edlib translates other text anew at each call, 16 times as slowly, and
parasail takes none. What is found is told apart by how much of a planted passage was changed, as `bench/tracing/planted.ts`
does.
"""

import json
import re
from collections.abc import Callable, Iterable
from importlib.metadata import version

import edlib
import parasail
from answer import Task, answer_requests
from rapidfuzz import fuzz

LENGTH = 40
STEP = 10
SHARE = 0.15

Span = tuple[int, int]


def plain(text: str) -> bytes:
    return re.sub(r"\s", " ", text).encode("latin-1", "replace")


def task(file: str, search: Callable[[bytes, bytes], Iterable[Span]]) -> Task:
    with open(file, encoding="utf-8") as content:
        given = json.load(content)
    sample = plain(given["sample"])
    texts = [re.sub(rb" +", b" ", plain(text["content"])) for text in given["texts"]]

    def run() -> list[Span]:
        return [span for text in texts for span in search(sample, text)]

    return Task(lambda: len(run()), found(given["planted"], run()))


def found(planted: list[dict], spans: list[Span]) -> dict:
    """The share of the planted characters that lie in what was found, by the percentage that was changed."""
    covered = {at for start, end in spans for at in range(start, end)}
    facts = {}
    for percent in sorted({one["percent"] for one in planted}):
        places = [at for one in planted if one["percent"] == percent for at in range(one["start"], one["end"])]
        facts[f"{percent} %"] = sum(at in covered for at in places) / len(places)
    return facts


def windows(sample: bytes) -> Iterable[Span]:
    return ((start, start + LENGTH) for start in range(0, len(sample) - LENGTH + 1, STEP))


def by_edlib(sample: bytes, text: bytes) -> Iterable[Span]:
    for start, end in windows(sample):
        edits = int(SHARE * LENGTH)
        if edlib.align(sample[start:end], text, mode="HW", task="distance", k=edits)["editDistance"] >= 0:
            yield start, end


def by_rapidfuzz(sample: bytes, text: bytes) -> Iterable[Span]:
    for start, end in windows(sample):
        if fuzz.partial_ratio(sample[start:end], text, score_cutoff=100 * (1 - SHARE)):
            yield start, end


matrix = parasail.matrix_create(bytes(range(1, 256)).decode("latin-1"), 1, -6, case_sensitive=True)


def by_parasail(sample: bytes, text: bytes) -> Iterable[Span]:
    """The best local alignment of all, of which it gives the end: counted as a passage as long as its score."""
    result = parasail.sw_striped_16(sample.decode("latin-1"), text.decode("latin-1"), 6, 6, matrix)
    yield result.end_query + 1 - result.score, result.end_query + 1


answer_requests(
    {
        "edlib": lambda file: task(file, by_edlib),
        "rapidfuzz": lambda file: task(file, by_rapidfuzz),
        "parasail": lambda file: task(file, by_parasail),
    },
    {name: version(name) for name in ("edlib", "rapidfuzz", "parasail")},
)
