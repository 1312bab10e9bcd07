"""Answers the bench's requests, a line of JSON each, as `bench/answer.ts` does; what they are is told there.

A task is built by a function of its options. It has `facts`, a dictionary, and `run`, which does it once and returns a
number.
"""

import json
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Task:
    run: Callable[[], float]
    facts: dict = field(default_factory=dict)


def answer_requests(tasks: dict[str, Callable[..., Task]], about: dict) -> None:
    replies = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # What libraries print is no reply.
    opened: dict[str, Task] = {}
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), tasks, about, opened)
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")


def answer(request: dict, tasks: dict, about: dict, opened: dict[str, Task]) -> dict:
    if "about" in request:
        return about
    if "open" in request:
        opened[request["open"]] = tasks[request["task"]](**request["options"])
        return opened[request["open"]].facts
    if "run" in request:
        return timed(opened[request["run"]], request["times"], request["untimed"])
    del opened[request["close"]]
    return {}


def timed(task: Task, times: int, untimed: int) -> dict:
    for _ in range(untimed):
        task.run()
    milliseconds = []
    for _ in range(times):
        began = time.perf_counter()
        result = task.run()
        milliseconds.append(1000 * (time.perf_counter() - began))
    result = float(result)
    return {"milliseconds": milliseconds, "result": result if math.isfinite(result) else None}
