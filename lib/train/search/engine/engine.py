"""
The engine of a search for settings: Optuna, asked and told by lines of JSON. Each line on the standard input is a request,
`{"call": "ask", "trials": 20}`, and is answered by one line on the standard output, `{"error": …}` where it cannot be done.
Beside that the engine tells by lines of JSON on the standard error output that its database is away,
`{"away": 12.0, "reason": "connection refused"}`, and that it is back, `{"back": 13.1}`. What the requests do is in
`participant.py`, what trains is elsewhere.
"""

from __future__ import annotations

import signal

if __name__ == "__main__":
    # An interrupt is for the process that trains, which then says what is to be done. To load Optuna takes a second.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

import json
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, TextIO

import optuna
from database import DatabaseError
from opening import Opening
from participant import Participant

Answer = dict[str, Any]

CALLS: dict[str, Callable[..., Answer]] = {
    "ask": Participant.ask,
    "report": Participant.report,
    "tell": Participant.tell,
    "release": Participant.release,
    "results": Participant.results,
}
"""What may be asked of a search that is open. It is opened by "open", with what `Opening` has."""


class Engine:
    """Answers requests."""

    def __init__(self, answers: TextIO, notices: TextIO) -> None:
        self._answers = answers
        self._notices = notices
        self._writing = threading.Lock()
        self.participant: Participant | None = None

    def run(self, requests: TextIO) -> None:
        """Answers line by line until nobody asks any more: who trained was killed, or is done."""
        try:
            for line in requests:
                self._write(self._answers, self.answer(json.loads(line)))
        except BrokenPipeError:
            pass
        if self.participant is not None and self.participant.attempt is not None:
            self.participant.release()

    def answer(self, request: dict[str, Any]) -> Answer:
        given = dict(request)
        call = given.pop("call", None)
        try:
            if call == "open":
                opening = Opening(**{snake_case(name): value for name, value in given.items()})
                self.participant = Participant(opening, self.tell, self.give_up)
                return {"settings": self.participant.settings}
            if call not in CALLS:
                raise ValueError(f"Expected a call of {', '.join(['open', *CALLS])}, got {call}")
            if self.participant is None:
                raise ValueError(f"Expected the call open before {call}")
            return CALLS[call](self.participant, **given)
        except DatabaseError as error:
            return {"error": str(error)}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}", "traceback": traceback.format_exc()}

    def tell(self, notice: dict[str, Any]) -> None:
        self._write(self._notices, notice)

    def give_up(self, problem: str) -> None:
        """Ends the process in the midst of a request that hangs."""
        self._write(self._answers, {"error": problem})
        os._exit(1)

    def _write(self, output: TextIO, message: dict[str, Any]) -> None:
        with self._writing:
            print(json.dumps(message, allow_nan=False), file=output, flush=True)


def snake_case(name: str) -> str:
    """`pruneAfter` is called `prune_after` here."""
    return re.sub("[A-Z]", lambda letter: f"_{letter.group().lower()}", name)


if __name__ == "__main__":
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    Engine(sys.stdout, sys.stderr).run(sys.stdin)
