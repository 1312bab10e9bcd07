"""How the database of a search is waited for where it does not answer."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from database import DatabaseError, is_away, reason, remedy

Answer = TypeVar("Answer")

Tell = Callable[[dict[str, Any]], None]

SLOW = 5.0
"""Seconds after which it is told that an answer is waited for."""


class Patience:
    """Asks a database again while it is away, tells how long that has been, and ends it after a time."""

    def __init__(
        self,
        database: str,
        limit: float,
        tell: Tell,
        give_up: Callable[[str], None],
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        :param database: its name in messages
        :param limit: seconds after which it is no longer asked
        :param tell: is given `{"away": seconds, "reason": words}` while the database is away, and `{"back": seconds}`
        :param give_up: is called from another thread, with the reason, where the database neither answers nor fails
        :param changed: is called whenever it goes and comes
        """
        self._database = database
        self._limit = limit
        self._tell = tell
        self._give_up = give_up
        self._changed = changed
        self._clock = clock
        self._sleep = sleep
        self._away_since: float | None = None
        self._told = 0.0
        self._lock = threading.Lock()

    def ask(
        self,
        action: Callable[[], Answer],
        limit: float | None = None,
        hopeless: re.Pattern[str] | None = None,
    ) -> Answer:
        """
        Does something with the database, again and again while it is away. It has to be something that may be done twice.

        :param limit: seconds, where they are fewer than usual
        :param hopeless: what ends it at once where the database says it
        :raises DatabaseError: where the database stays away, or cannot be read or written
        """
        limit = self._limit if limit is None else min(limit, self._limit)
        failed_first: float | None = None
        pause = 0.25
        while True:
            try:
                with self._listening(limit):
                    answer = action()
            except Exception as error:
                advice = remedy(error)
                if advice:
                    raise DatabaseError(f"The database {self._database}: {reason(error)}. {advice}") from error
                if not is_away(error):
                    raise
                if hopeless and hopeless.search(reason(error)):
                    raise DatabaseError(f"The database {self._database} cannot be had: {reason(error)}") from error
                now = self._clock()
                failed_first = now if failed_first is None else failed_first
                if now - failed_first >= limit:
                    raise DatabaseError(self._gone(now - failed_first, reason(error))) from error
                self.failed(error)
                self._sleep(min(pause, limit - (now - failed_first)))
                pause = min(2 * pause, 5)
            else:
                self.answered()
                return answer

    @contextmanager
    def _listening(self, limit: float) -> Iterator[None]:
        """Tells that the database does not answer while it neither answers nor fails, as one does that was halted."""
        answered = threading.Event()

        def listen() -> None:
            began = self._clock()
            while not answered.wait(SLOW):
                waited = self._clock() - began
                if waited > limit + SLOW:
                    self._give_up(self._gone(waited, "no answer"))
                self.failed("no answer")

        threading.Thread(target=listen, daemon=True).start()
        try:
            yield
        finally:
            answered.set()

    def _gone(self, seconds: float, why: str) -> str:
        return (
            f"The database {self._database} has not answered for {seconds:.0f} s: {why}. Nothing that it has is lost: "
            "call the search again when it is back, and it goes on."
        )

    def failed(self, error: BaseException | str) -> None:
        """Notes that the database did not answer, and tells so, once a second at most."""
        with self._lock:
            now = self._clock()
            if self._away_since is None:
                self._away_since = now
            elif now - self._told < 1:
                return
            self._told = now
            away = now - self._away_since
        self._changed()
        self._tell({"away": round(away, 1), "reason": error if isinstance(error, str) else reason(error)})

    def answered(self) -> None:
        """Notes that the database has answered."""
        with self._lock:
            if self._away_since is None:
                return
            away = self._clock() - self._away_since
            self._away_since = None
        self._changed()
        self._tell({"back": round(away, 1)})
