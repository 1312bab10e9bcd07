"""The parts of a search's engine by themselves, and one engine whose database fails at each of its commits in turn."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import unittest
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import optuna
import sqlalchemy.exc
import sqlalchemy.orm
from attempts import MOST_DEATHS, beats_of, trials_of
from database import DatabaseError, is_away, name_of, reason, remedy
from engine import Engine
from heartbeat import Watch
from opening import Opening
from optuna.trial import FrozenTrial, TrialState, create_trial
from participant import Participant
from patience import Patience

optuna.logging.set_verbosity(optuna.logging.ERROR)


class Clock:
    """A clock that goes on by sleeping alone."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def attempt(number: int, state: TrialState, **attributes: Any) -> FrozenTrial:
    value = 1.0 if state == TrialState.COMPLETE else None
    made = create_trial(state=state, value=value, user_attrs=attributes)
    made.number = number
    return made


def refused(message: str = "connection refused") -> sqlalchemy.exc.OperationalError:
    return sqlalchemy.exc.OperationalError("SELECT 1", {}, Exception(message))


class States(unittest.TestCase):
    """What became of trials, by their attempts."""

    def states(self, *attempts: FrozenTrial) -> list[str]:
        return [trial.state for trial in trials_of(attempts)]

    def test_a_trial_counts_by_its_first_attempt_that_is_not_spent(self) -> None:
        complete = {"result": {"state": "complete", "loss": 1.0}}
        self.assertEqual(
            self.states(
                attempt(0, TrialState.FAIL, beat=3),
                attempt(1, TrialState.WAITING),
                attempt(2, TrialState.COMPLETE, origin=0, **complete),
                attempt(3, TrialState.RUNNING, origin=0),
                attempt(4, TrialState.FAIL, result={"state": "failed", "loss": None}),
                attempt(5, TrialState.FAIL, **complete),
            ),
            ["done", "waiting", "done", "spent"],
        )

    def test_a_trial_is_given_up_after_too_many_deaths_and_not_after_as_many_stops(self) -> None:
        def attempts(**attributes: Any) -> list[FrozenTrial]:
            others = [attempt(n, TrialState.FAIL, origin=0, **attributes) for n in range(1, MOST_DEATHS + 1)]
            return [attempt(0, TrialState.FAIL, **attributes), *others]

        [dead] = trials_of(attempts(beat=2))
        self.assertEqual((dead.state, dead.result and dead.result["loss"]), ("given up", None))
        self.assertEqual(self.states(*attempts(beat=2, released=True)), ["spent"])
        self.assertEqual(self.states(*attempts()), ["spent"])

    def test_beats_are_those_of_what_runs_and_of_what_nobody_has_taken_up(self) -> None:
        running, spent = attempt(0, TrialState.RUNNING, beat=7), attempt(1, TrialState.FAIL, beat=4)
        self.assertEqual(beats_of(trials_of([running, spent])), {0: 7, 1: "spent"})


class Watching(unittest.TestCase):
    """How long a beat has stood still."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.watch = Watch(10, self.clock)

    def looks(self, beats: list[int]) -> float:
        for beat in beats:
            self.watch.look({0: beat})
            self.clock.sleep(10)
        return self.watch.still(0)

    def test_counts_the_time_between_looks_and_begins_anew_with_each_beat(self) -> None:
        self.assertEqual(self.looks([1, 1, 1]), 20)
        self.assertEqual(self.looks([2]), 0)

    def test_counts_no_more_than_one_interval_from_one_look_to_the_next(self) -> None:
        self.watch.look({0: 1})
        self.clock.sleep(3600)
        self.watch.look({0: 1})
        self.assertEqual(self.watch.still(0), 10)

    def test_begins_anew_after_the_database_was_away(self) -> None:
        self.looks([1, 1, 1])
        self.watch.forget()
        self.assertEqual(self.looks([1]), 0)


class Waiting(unittest.TestCase):
    """A database that is away."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.told: list[dict[str, Any]] = []
        self.patience = Patience("db", 60, self.told.append, self.fail, clock=self.clock, sleep=self.clock.sleep)

    def away_until(self, seconds: float) -> Callable[[], str]:
        def action() -> str:
            if self.clock.now < seconds:
                raise refused()
            return "answer"

        return action

    def test_is_asked_again_until_it_answers_and_that_is_told(self) -> None:
        self.assertEqual(self.patience.ask(self.away_until(30)), "answer")
        self.assertEqual(self.told[0], {"away": 0.0, "reason": "connection refused"})
        self.assertTrue(all("away" in notice for notice in self.told[:-1]))
        self.assertTrue(30 <= self.told[-1]["back"] <= 35)

    def test_is_asked_no_longer_after_the_limit_and_what_it_said_is_told(self) -> None:
        with self.assertRaisesRegex(DatabaseError, r"db has not answered for 60 s: connection refused.*it goes on"):
            self.patience.ask(self.away_until(61))

    def test_is_not_asked_again_where_that_is_hopeless_or_the_error_is_ours(self) -> None:
        def wrong() -> None:
            raise KeyError("ours")

        with self.assertRaises(KeyError):
            self.patience.ask(wrong)
        self.assertEqual(self.told, [])


class Files(unittest.TestCase):
    """Databases in files."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def opening(self, file: Path, **others: Any) -> Opening:
        space = {"neurons": {"from": 8, "to": 64, "whole": True}, "dropout": {"from": 0, "to": 0.5, "whole": False}}
        given = {"sampler": "random", "seed": 1, "startup": 5, "prune_after": None, "heartbeat": 1, "grace": 2}
        return Opening(storage=f"file:{file}", name="s", settings="x", space=space, **{**given, **others})

    def participant(self, file: Path, **others: Any) -> Participant:
        return Participant(self.opening(file, **others), lambda notice: None, self.fail)

    def test_are_where_their_names_say(self) -> None:
        for name in ("a%20b", "a?b", "a#b", "{c}", "100%"):
            folder = self.folder / name
            folder.mkdir()
            self.participant(folder / "search.db")
            self.assertEqual([file.name for file in folder.iterdir()], ["search.db"])
            self.assertEqual(name_of(f"file:{folder}/search.db"), f"{folder}/search.db")

    def test_an_address_of_a_server_is_named_without_its_password(self) -> None:
        self.assertEqual(name_of("postgresql://me:secret@host/db"), "postgresql://me:***@host/db")
        for address in ("nonsense", "postgresql://host:port/db"):
            with self.assertRaisesRegex(DatabaseError, "Expected a `storage` as postgresql"):
                name_of(address)

    def error_of(self, connection: sqlite3.Connection, statement: str) -> sqlalchemy.exc.DBAPIError:
        with self.assertRaises(sqlite3.Error) as caught:
            connection.execute(statement)
        return sqlalchemy.exc.OperationalError(statement, {}, caught.exception)

    def test_that_are_busy_are_asked_again_and_full_or_read_only_ones_are_not(self) -> None:
        file = self.folder / "some.db"
        one, other = (sqlite3.connect(file, timeout=0, isolation_level=None) for _ in range(2))
        one.execute("CREATE TABLE t (words TEXT)")
        one.execute("BEGIN IMMEDIATE")
        busy = self.error_of(other, "BEGIN IMMEDIATE")
        one.execute("COMMIT")
        one.execute("PRAGMA max_page_count = 2")
        full = self.error_of(one, f"INSERT INTO t VALUES ('{'long ' * 4000}')")
        other.execute("PRAGMA query_only = 1")
        read_only = self.error_of(other, "INSERT INTO t VALUES ('words')")
        self.assertEqual([is_away(error) for error in (busy, full, read_only)], [True, False, False])
        self.assertRegex(remedy(full) or "", "Make room")
        self.assertRegex(remedy(read_only) or "", "writable")
        self.assertEqual(reason(full), "database or disk is full")
        one.close()
        other.close()

    def test_that_cannot_be_opened_are_named(self) -> None:
        (self.folder / "words.db").write_text("These are words and no database. " * 100)
        for file in (self.folder / "nowhere" / "search.db", self.folder / "words.db"):
            with self.assertRaisesRegex(DatabaseError, f"{file}.*(not a database|unable to open)"):
                self.participant(file)

    def test_a_trial_is_given_to_one_worker_and_its_params_follow_from_its_number(self) -> None:
        one, other = (self.participant(self.folder / "search.db") for _ in range(2))
        first, second = one.ask(2), other.ask(2)
        self.assertEqual((first["trial"], second["trial"]), (0, 1))
        self.assertTrue(one.tell("complete", 1.0, {})["accepted"])
        self.assertEqual(one.ask(2), {"running": 1})
        other.release()
        self.assertEqual(one.ask(2)["params"], second["params"])
        one.tell("failed", None, {"error": "why"})
        self.assertEqual(one.ask(2), {})
        self.assertEqual([result["state"] for result in one.results(new=True)["results"]], ["complete", "failed"])
        self.assertEqual(one.results(new=True), {"results": []})

    def dead(self, worker: Participant, *others: Participant) -> None:
        """Lets a worker die, and its death be seen."""
        assert worker.attempt is not None
        worker.attempt.heartbeat.stop()
        for other in others:
            clock = Clock()
            other.watch = Watch(1, clock)
            for _ in range(4):
                other.watch.look(beats_of(other._trials()))
                clock.sleep(1)

    def test_the_trial_of_the_dead_is_made_again_and_they_are_not_heard_any_more(self) -> None:
        one, other = (self.participant(self.folder / "search.db") for _ in range(2))
        first = one.ask(1)
        self.assertEqual(other.ask(1), {"running": 1})
        self.dead(one, other)
        self.assertEqual({**other.ask(1), "attempt": 0}, first)
        self.assertEqual(one.report(5, 2.0), {"lost": True})
        self.assertEqual(one.tell("complete", 2.0, {}), {"accepted": False})
        self.assertEqual(other.tell("complete", 1.0, {}), {"accepted": True})
        self.assertEqual([result["loss"] for result in other.results()["results"]], [1.0])

    def test_what_one_has_told_who_died_before_its_trial_was_ended_stands(self) -> None:
        one, other = (self.participant(self.folder / "search.db") for _ in range(2))
        one.ask(1)
        with patch.object(one, "_settle", side_effect=KeyError("killed")), self.assertRaises(KeyError):
            one.tell("complete", 1.5, {"iterations": 9})
        self.dead(one, other)
        self.assertEqual(other.ask(1), {})
        [result] = other.results()["results"]
        self.assertEqual((result["state"], result["loss"], result["iterations"]), ("complete", 1.5, 9))

    def commits_with_failure(self, file: Path, at: int, after: bool) -> int:
        """Makes three trials with a database that fails at a commit, before or after it is done. How many commits there are."""
        commit, count = sqlalchemy.orm.Session.commit, 0

        def failing(session: sqlalchemy.orm.Session) -> None:
            nonlocal count
            count += 1
            if count == at and not after:
                raise refused("gone before")
            commit(session)
            if count == at:
                raise refused("gone after")

        worker = self.participant(file, heartbeat=3600, grace=7200)
        with patch.object(sqlalchemy.orm.Session, "commit", failing), patch("time.sleep"):
            made = []
            while "trial" in (asked := worker.ask(3)):
                made.append(asked["trial"])
                worker.report(5, 2.0)
                self.assertEqual(worker.tell("complete", float(asked["trial"]), {}), {"accepted": True})
        results = worker.results()["results"]
        self.assertEqual([(one["trial"], one["loss"]) for one in results], [(trial, float(trial)) for trial in made])
        # What was claimed while the answer was lost stands without a beat, until the others' patience ends.
        self.assertEqual(made, [0, 1, 2] if len(made) == 3 else sorted(set(range(3)) - {asked_but_lost(worker)}))
        return count

    def test_no_commit_that_fails_or_whose_answer_is_lost_doubles_or_loses_a_trial(self) -> None:
        fresh = self.folder / "fresh.db"
        self.participant(fresh)
        commits, at = 1, 0
        while at < commits:
            copy = self.folder / f"{at}.db"
            shutil.copy(fresh, copy)
            made = self.commits_with_failure(copy, at, after=at % 2 == 0)
            commits = max(commits, made)
            at += 5
        self.assertGreater(commits, 30)


def asked_but_lost(worker: Participant) -> int:
    """The trial that was taken while nobody could be told."""
    [lost] = [trial.index for trial in worker._trials() if trial.state == "running"]
    return lost


class Answers(unittest.TestCase):
    """Lines of JSON."""

    def answers(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        output = StringIO()
        Engine(output, StringIO()).run(StringIO("".join(f"{json.dumps(request)}\n" for request in requests)))
        return [json.loads(line) for line in output.getvalue().splitlines()]

    def test_what_is_no_call_is_refused_also_where_it_is_the_name_of_something(self) -> None:
        for call in ("run", "__init__", "participant", None):
            [answer] = self.answers({"call": call})
            self.assertRegex(answer["error"], "Expected a call of open, ask")

    def test_nothing_is_asked_before_a_search_is_open(self) -> None:
        [answer] = self.answers({"call": "ask", "trials": 1})
        self.assertRegex(answer["error"], "Expected the call open before ask")


if __name__ == "__main__":
    unittest.main()
