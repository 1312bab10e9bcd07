"""
How the workers of a search know which of them are alive: each writes a growing number, its beat, beside the attempt that it
makes, and looks whether those of the others grow. Only a worker's own clock is read, and that only for how much time passes:
the clocks of the machines and of the database may all be wrong.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any


class Watch:
    """For how long the beats of others have stood still, in seconds in which the database answered."""

    def __init__(self, interval: float, clock: Callable[[], float] = time.monotonic) -> None:
        """:param interval: of the beats, in seconds"""
        self._interval = interval
        self._clock = clock
        self._looked: float | None = None
        self._seen: dict[int, tuple[Any, float]] = {}
        self._lock = threading.Lock()

    def look(self, beats: Mapping[int, Any]) -> None:
        """
        Notes the beats of all attempts that are made, by their numbers. What has passed since the look before counts as time
        in which a beat stood still, but no more than one interval of it: what came between may have kept the others as well.
        """
        with self._lock:
            now = self._clock()
            passed = 0.0 if self._looked is None else min(now - self._looked, self._interval)
            self._looked = now
            self._seen = {number: (beat, self._still(number, beat, passed)) for number, beat in beats.items()}

    def _still(self, number: int, beat: Any, passed: float) -> float:
        before, still = self._seen.get(number, (None, None))
        return 0.0 if still is None or before != beat else still + passed

    def still(self, number: int) -> float:
        """For how long an attempt's beat has not changed, as far as it was seen."""
        with self._lock:
            return self._seen[number][1] if number in self._seen else 0.0

    def forget(self) -> None:
        """Begins anew: the database was away, so that nobody could write."""
        with self._lock:
            self._looked = None
            self._seen = {}


class Heartbeat:
    """Beats from a thread of its own until it is stopped, or until what it beats for is over."""

    def __init__(self, beat: Callable[[int], bool], interval: float, failed: Callable[[Exception], None]) -> None:
        """
        :param beat: writes a number, and tells whether there is still something to beat for
        :param interval: seconds from one beat to the next
        :param failed: is told why a beat could not be written; it is tried again, twice in an interval
        """
        self._beat = beat
        self._interval = interval
        self._failed = failed
        self._stopped = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        number, wait = 1, self._interval
        while not self._stopped.wait(wait):
            number += 1
            try:
                if not self._beat(number):
                    return
                wait = self._interval
            except Exception as error:  # Whatever it is: a heart that stops for it would give a living worker up.
                if self._stopped.is_set():
                    return
                self._failed(error)
                wait = min(self._interval / 2, 5)
