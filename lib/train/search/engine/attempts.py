"""
What has become of the trials of a search, as the database has it. Everything here follows from a list of attempts; nothing is
read or written. Who writes is in `participant.py`.

A trial is one setting of the search, and they are counted from 0. An attempt is one try at it, a trial of Optuna's. Of the
attempts at a trial the first that is not spent counts, whatever stands behind it:

                      claim                  tell
        waiting ─────────────────▶ running ────────▶ done: complete, pruned or failed
           ▲                          │
           │                          │ released (its worker was stopped), or
           │ a new attempt            │ buried (its worker gave no sign of life)
           │                          ▼
           └──────────────────────  spent ────▶ given up, after too many deaths

An attempt carries these attributes: `origin`, the number of the first attempt at the same trial, where it is not the first;
`beat`, a number that grows while its worker lives; `released`; and `result`, what its worker told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from optuna.trial import FrozenTrial, TrialState

MOST_DEATHS = 3
"""A trial whose workers have died more often than this is given up: it may be what kills them."""

ENDS = {"complete": TrialState.COMPLETE, "pruned": TrialState.PRUNED, "failed": TrialState.FAIL}
"""The state of an attempt at a trial that ended so."""


def result_of(attempt: FrozenTrial) -> dict[str, Any] | None:
    """What the worker told of an attempt, before it set the attempt's state, or was no longer there to do it."""
    result: dict[str, Any] | None = attempt.user_attrs.get("result")
    return result


def is_done(attempt: FrozenTrial) -> bool:
    """Whether an attempt ended as its worker told."""
    result = result_of(attempt)
    return result is not None and ENDS[result["state"]] == attempt.state


def is_spent(attempt: FrozenTrial) -> bool:
    """Whether an attempt ended and nothing came of it, so that another one has to be made."""
    return attempt.state.is_finished() and not is_done(attempt)


def is_death(attempt: FrozenTrial) -> bool:
    """Whether an attempt was spent by the death of a worker that had begun it."""
    return is_spent(attempt) and "beat" in attempt.user_attrs and "released" not in attempt.user_attrs


@dataclass(frozen=True)
class Trial:
    """A trial with all attempts at it, the oldest first."""

    index: int
    attempts: Sequence[FrozenTrial]

    @property
    def current(self) -> FrozenTrial | None:
        """The attempt that counts, unless all are spent."""
        return next((attempt for attempt in self.attempts if not is_spent(attempt)), None)

    @property
    def state(self) -> Literal["waiting", "running", "done", "spent", "given up"]:
        current = self.current
        if current is None:
            return "given up" if self.deaths > MOST_DEATHS else "spent"
        if current.state == TrialState.WAITING:
            return "waiting"
        return "running" if current.state == TrialState.RUNNING else "done"

    @property
    def deaths(self) -> int:
        return sum(is_death(attempt) for attempt in self.attempts)

    @property
    def params(self) -> dict[str, Any]:
        """Those that were drawn for it, which all attempts have."""
        return {name: value for attempt in self.attempts for name, value in attempt.params.items()}

    @property
    def result(self) -> dict[str, Any] | None:
        """What came of it, for those who search; none before it is done or given up."""
        outcome: dict[str, Any]
        if self.state == "given up":
            outcome = {"state": "failed", "loss": None, "error": f"what trained it died {self.deaths} times"}
        elif self.state == "done" and self.current is not None:
            outcome = {"loss": None, **(result_of(self.current) or {})}
        else:
            return None
        return {"trial": self.index, "params": self.params, **outcome}


def trials_of(attempts: Iterable[FrozenTrial]) -> list[Trial]:
    """The trials that the attempts were at. A trial's index is the place of its first attempt among those, and stays so."""
    attempts_at: dict[int, list[FrozenTrial]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.number):
        attempts_at.setdefault(attempt.user_attrs.get("origin", attempt.number), []).append(attempt)
    return [Trial(index, attempts_at[origin]) for index, origin in enumerate(sorted(attempts_at))]


def beats_of(trials: Iterable[Trial]) -> dict[int, Any]:
    """
    By the numbers of attempts, what changes as long as somebody sees to them. An attempt that is spent is seen to by whoever
    puts the next one behind it, at once.
    """
    beats: dict[int, Any] = {}
    for trial in trials:
        if trial.state == "running" and trial.current is not None:
            beats[trial.current.number] = trial.current.user_attrs.get("beat")
        elif trial.state == "spent":
            beats[trial.attempts[-1].number] = "spent"
    return beats
