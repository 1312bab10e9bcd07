"""
Takes part in a search that a database holds: asks for trials, tells what came of them, and sees to those of workers that have
died. The states of a trial, and how one follows from another, are in `attempts.py`; who is alive, in `heartbeat.py`; what
happens while the database is away, in `patience.py`. Whatever is done here with the database may be done twice, since an
answer can be lost on its way.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import optuna
import sqlalchemy.exc
from attempts import ENDS, Trial, beats_of, is_done, result_of, trials_of
from database import HOPELESS, DatabaseError, connect, is_away, name_of, remedy
from heartbeat import Heartbeat, Watch
from opening import Opening, suggest
from optuna.exceptions import StorageInternalError, UpdateFinishedTrialError
from optuna.trial import FrozenTrial, TrialState
from patience import Patience, Tell


@dataclass
class Attempt:
    """The attempt that a worker makes."""

    number: int
    id: int
    heartbeat: Heartbeat
    trial: optuna.trial.Trial
    reported: set[int] = field(default_factory=set)
    """Iterations of which the loss is in the database."""


class Participant:
    """Takes part in one search, with one attempt at a time."""

    def __init__(self, opening: Opening, tell: Tell, give_up: Callable[[str], None]) -> None:
        """
        Opens the search of that name, or begins it.

        :param tell: see `Patience`
        :param give_up: is called from another thread, with the reason, where the database neither answers nor fails
        """
        self.opening = opening
        self.watch = Watch(opening.heartbeat)
        self.patience = Patience(
            name_of(opening.storage), opening.database_timeout, tell=tell, give_up=give_up, changed=self.watch.forget
        )
        self.storage, self.study, self.settings = self.patience.ask(self._open, limit=60, hopeless=HOPELESS)
        self.study_id = self.patience.ask(lambda: self.storage.get_study_id_from_name(opening.name))
        self.attempt: Attempt | None = None
        self.told: set[int] = set()

    def _open(self) -> tuple[optuna.storages.BaseStorage, optuna.Study, str]:
        for attempt in range(10):
            try:
                storage = connect(self.opening.storage)
                study = optuna.create_study(storage=storage, study_name=self.opening.name, load_if_exists=True)
                if "settings" not in study.user_attrs:
                    study.set_user_attr("settings", self.opening.settings)
                return storage, study, study.user_attrs["settings"]
            except Exception as error:
                # Another engine makes the tables at this very moment, unless it goes on like this.
                if attempt == 9 or not is_race(error):
                    raise
                time.sleep(random.uniform(0.1, 0.5))
        raise AssertionError("the last attempt either returns or raises")

    def ask(self, trials: int) -> dict[str, Any]:
        """The next trial; or how many run elsewhere, where none is left that nobody has taken; none where all are done."""
        claimed = self.patience.ask(lambda: self._claim(trials))
        if isinstance(claimed, int):
            return {"running": claimed} if claimed else {}
        number, index = claimed
        self.attempt = self.patience.ask(lambda: self._begin(number, index))
        params = self.patience.ask(lambda: self._draw(self._own().trial))
        return {"attempt": number, "trial": index, "params": params}

    def _claim(self, trials: int) -> tuple[int, int] | int:
        """Takes an attempt that waits: its number and its trial's; or how many trials others are at, where none waits."""
        if self.study.user_attrs["settings"] != self.settings:
            raise DatabaseError(f'The search "{self.opening.name}" was begun twice at the same moment: call it again')
        self._take_up_the_dead()
        known = self._trials()
        if len(known) < trials and not any(trial.state == "waiting" for trial in known):
            self.study.enqueue_trial({})
            known = self._trials()
        for trial in known[:trials]:
            if trial.state == "waiting" and trial.current is not None:
                number = trial.current.number
                with suppress(UpdateFinishedTrialError):  # Others have taken it meanwhile, and ended it.
                    if self.storage.set_trial_state_values(self._id(number), TrialState.RUNNING):
                        return number, trial.index
        return sum(trial.state in ("waiting", "running", "spent") for trial in known[:trials])

    def _begin(self, number: int, index: int) -> Attempt:
        trial_id = self._id(number)
        self.storage.set_trial_user_attr(trial_id, "beat", 1)

        def beat(count: int) -> bool:
            try:
                self.storage.set_trial_user_attr(trial_id, "beat", count)
            except UpdateFinishedTrialError:
                return False
            known = self._trials()
            self.patience.answered()
            self.watch.look(beats_of(known))
            return True

        # A study of Optuna's remembers the trials of the last time that it was asked by itself, which is never done here.
        study = optuna.load_study(
            study_name=self.opening.name,
            storage=self.storage,
            sampler=self.opening.sampler_of(index),
            pruner=self.opening.pruner(),
        )
        trial = optuna.trial.Trial(study, trial_id)
        return Attempt(number, trial_id, Heartbeat(beat, self.opening.heartbeat, self.patience.failed), trial)

    def _draw(self, trial: optuna.trial.Trial) -> dict[str, Any]:
        return {name: suggest(trial, name, entry) for name, entry in self.opening.space.items()}

    def report(self, iteration: int, loss: float | None) -> dict[str, Any]:
        """Notes a loss, None for none that is a number. Tells whether the trial is hopeless, or no longer ours."""
        attempt = self._own()
        if loss is None:
            return {"prune": True}

        def note() -> bool:
            if iteration not in attempt.reported:
                attempt.trial.report(loss, iteration)
                attempt.reported.add(iteration)
            return bool(attempt.trial.should_prune())

        try:
            return {"prune": self.patience.ask(note)}
        except UpdateFinishedTrialError:
            return {"lost": True}

    def tell(self, state: str, loss: float | None, result: dict[str, Any]) -> dict[str, Any]:
        """Ends the trial: "complete" with a loss, "pruned" or "failed". Tells whether it still was ours."""
        attempt = self._own()
        outcome = {**result, "state": state, "loss": loss}

        def settle() -> bool:
            # It may have been ended by others, or by ourselves where the answer was lost: what stands there tells.
            with suppress(UpdateFinishedTrialError):
                self.storage.set_trial_user_attr(attempt.id, "result", outcome)
                self._settle(attempt.id, outcome)
            stands = self.storage.get_trial(attempt.id)
            return is_done(stands) and result_of(stands) == outcome

        accepted = self.patience.ask(settle)
        self._leave()
        return {"accepted": accepted}

    def _settle(self, trial_id: int, outcome: dict[str, Any]) -> None:
        """Ends an attempt as its worker has told."""
        loss = outcome["loss"] if outcome["state"] != "failed" else None
        self.storage.set_trial_state_values(trial_id, ENDS[outcome["state"]], None if loss is None else [loss])

    def release(self) -> dict[str, Any]:
        """Gives the trial back, for whoever asks next. Where the database is away, others take it up when they see no beat."""
        attempt = self._own()

        def give_back() -> None:
            with suppress(UpdateFinishedTrialError):
                self.storage.set_trial_user_attr(attempt.id, "released", True)
                self._end(attempt.number)
            self._follow(attempt.number)

        try:
            self.patience.ask(give_back, limit=min(self.opening.grace, 10))
        except DatabaseError:
            return {"released": False}
        finally:
            self._leave()
        return {"released": True}

    def results(self, new: bool = False) -> dict[str, Any]:
        """What came of all trials that are done, or only of those that this was not yet said of."""
        results = [trial.result for trial in self.patience.ask(self._trials)]
        given = [one for one in results if one is not None and not (new and one["trial"] in self.told)]
        self.told.update(one["trial"] for one in given)
        return {"results": given}

    def _trials(self) -> list[Trial]:
        return trials_of(self.study.get_trials(deepcopy=False))

    def _id(self, number: int) -> int:
        return int(self.storage.get_trial_id_from_study_id_trial_number(self.study_id, number))

    def _own(self) -> Attempt:
        if self.attempt is None:
            raise ValueError("no trial was asked for")
        return self.attempt

    def _leave(self) -> None:
        if self.attempt is not None:
            self.attempt.heartbeat.stop()
        self.attempt = None

    def _take_up_the_dead(self) -> None:
        """Ends attempts whose beats have stood still, and has those tried again that nobody saw to."""
        known = self._trials()
        self.watch.look(beats_of(known))
        for trial in known:
            if trial.state not in ("running", "spent"):
                continue
            last: FrozenTrial = trial.current or trial.attempts[-1]
            if self.watch.still(last.number) > self.opening.grace:
                with suppress(UpdateFinishedTrialError):  # Others were quicker.
                    if trial.state == "running":
                        self._end(last.number)
                self._follow(last.number)

    def _end(self, number: int) -> None:
        """Ends an attempt that nobody makes any more: as its worker has told, where it died between telling and ending."""
        trial_id = self._id(number)
        outcome = result_of(self.storage.get_trial(trial_id))
        if outcome is None:
            self.storage.set_trial_state_values(trial_id, TrialState.FAIL)
        else:
            self._settle(trial_id, outcome)

    def _follow(self, number: int) -> None:
        """Puts a new attempt behind one that is spent, unless there is one, or its trial is given up."""
        for trial in self._trials():
            if trial.state == "spent" and trial.attempts[-1].number == number:
                self.study.enqueue_trial(trial.params, user_attrs={"origin": trial.attempts[0].number})


def is_race(error: Exception) -> bool:
    """Whether an error may come from another engine that makes Optuna's tables, or begins the same search."""
    kinds = (sqlalchemy.exc.DBAPIError, StorageInternalError, KeyError, AssertionError, RuntimeError)
    return isinstance(error, kinds) and not is_away(error) and not remedy(error)
