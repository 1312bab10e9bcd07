"""
The engine of a search for settings: Optuna, asked and told by lines of JSON. Each line on the standard input is a request,
`{"call": "ask", "trials": 20}`, and is answered by one line on the standard output. What trains is elsewhere.

The storage is a database that several engines share, on one machine or many. Each keeps the trial that it has given out alive
by a heartbeat. The trial of an engine that has died is taken up again as a new trial of Optuna's with the same params; which
trial that is an attempt at, `origin` tells. One attempt at each trial counts.
"""

import datetime
import json
import signal
import sys
import threading
import time
import warnings

# An interrupt is for the process that trains, which then says what is to be done.
signal.signal(signal.SIGINT, signal.SIG_IGN)

import optuna  # noqa: E402
import sqlalchemy.exc  # noqa: E402
from optuna.exceptions import UpdateFinishedTrialError  # noqa: E402
from optuna.storages import RetryHeartbeatStaleTrialCallback  # noqa: E402
from optuna.trial import TrialState  # noqa: E402

# Taking trials up again is still experimental in Optuna, and heartbeats are meant for its own loop.
warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
warnings.filterwarnings("ignore", message="Heartbeat of storage is supposed to be used")
optuna.logging.set_verbosity(optuna.logging.ERROR)

MOST_DEATHS = 3
"""A trial whose engines have died more often than this is given up: it may be what kills them."""


def origin(trial):
    """The number of the first attempt at a trial."""
    history = RetryHeartbeatStaleTrialCallback.retry_history(trial)
    return history[0] if history else trial.number


def deaths(trial):
    """How many attempts at a trial have ended by the death of their engine, this one not counted."""
    return len(RetryHeartbeatStaleTrialCallback.retry_history(trial)) - trial.user_attrs.get("released", 0)


def take_up(study, trial):
    """Has a trial that has failed tried again."""
    if deaths(trial) < MOST_DEATHS:
        RetryHeartbeatStaleTrialCallback()(study, trial)


class Engine:
    def __init__(self):
        self.study = None
        self.trial = None
        self.beats = None

    def open(self, storage, name, settings, space, sampler, seed, startup, pruneAfter, heartbeat, grace):
        """Opens the search of that name, or begins it. Everyone who takes part has to have the same settings."""
        self.sampler, self.seed, self.startup, self.grace = sampler, seed, startup, grace
        self.space = space
        sqlite = storage.startswith("sqlite")
        pruner = optuna.pruners.NopPruner()
        if pruneAfter is not None:
            pruner = optuna.pruners.MedianPruner(n_startup_trials=startup, n_warmup_steps=pruneAfter)
        for attempt in range(5):
            try:
                self.storage = optuna.storages.RDBStorage(
                    storage,
                    engine_kwargs={"connect_args": {"timeout": 60}} if sqlite else {"pool_pre_ping": True},
                    heartbeat_interval=heartbeat,
                    grace_period=grace,
                    heartbeat_stale_trial_callback=take_up,
                )
                self.study = optuna.create_study(
                    storage=self.storage, study_name=name, pruner=pruner, load_if_exists=True
                )
                break
            except (sqlalchemy.exc.IntegrityError, sqlalchemy.exc.ProgrammingError, sqlalchemy.exc.OperationalError):
                # Another engine makes the tables at this very moment, unless it goes on like this.
                if attempt == 4:
                    raise
                time.sleep(0.5)
        if "settings" not in self.study.user_attrs:
            self.study.set_user_attr("settings", settings)
        return {"settings": self.study.user_attrs["settings"]}

    def ask(self, trials):
        """The next trial; or how many run elsewhere, where none is left that nobody has taken; none where all are done."""
        optuna.storages.fail_stale_trials(self.study)
        self.see_to_the_lost()
        known = self.study.get_trials(deepcopy=False)
        waiting = any(trial.state == TrialState.WAITING for trial in known)
        if not waiting and len(originals(known)) >= trials:
            running = sum(trial.state == TrialState.RUNNING for trial in known)
            unsettled = any(trial.state == TrialState.FAIL and self.is_lost(trial, known) for trial in known)
            return {"running": max(running, 1)} if running or unsettled else {}
        trial = self.study.ask()
        self.start_heartbeat(trial)
        if self.is_surplus(trial, trials):
            trial.set_user_attr("surplus", True)
            self.stop_heartbeat()
            self.study.tell(trial, state=TrialState.FAIL)
            return {"running": 1}
        index = self.index(self.storage.get_trial(trial._trial_id), self.study.get_trials(deepcopy=False))
        trial.set_user_attr("index", index)
        # What is drawn depends on which trial it is, and not on which engine draws it, or how often one was stopped.
        self.study.sampler = self.sampler_for(index)
        params = {name: suggest(trial, name, entry) for name, entry in self.space.items()}
        self.trial = trial
        return {"attempt": trial.number, "trial": index, "params": params}

    def report(self, iteration, loss):
        """Notes a loss, null for none that is a number. Tells whether the trial is hopeless, or no longer ours."""
        try:
            if loss is None:
                return {"prune": True}
            self.trial.report(loss, iteration)
            return {"prune": bool(self.trial.should_prune())}
        except UpdateFinishedTrialError:
            return {"lost": True}

    def tell(self, state, loss, result):
        """Ends the trial: "complete" with a loss, "pruned" or "failed". Tells whether it still was ours."""
        trial, self.trial = self.trial, None
        self.stop_heartbeat()
        try:
            trial.set_user_attr("result", result)
            if state == "complete":
                self.study.tell(trial, loss)
            else:
                self.study.tell(trial, state=TrialState.PRUNED if state == "pruned" else TrialState.FAIL)
            return {"accepted": True}
        except (UpdateFinishedTrialError, ValueError):
            return {"accepted": False}

    def release(self):
        """Gives the trial back, for whoever asks next."""
        trial, self.trial = self.trial, None
        self.stop_heartbeat()
        try:
            trial.set_user_attr("released", trial.user_attrs.get("released", 0) + 1)
            self.study.tell(trial, state=TrialState.FAIL)
        except (UpdateFinishedTrialError, ValueError):
            return {}
        take_up(self.study, self.storage.get_trial(trial._trial_id))
        return {}

    def results(self):
        """What came of all trials that are done."""
        known = self.study.get_trials(deepcopy=False)
        done = []
        for trial in known:
            result = trial.user_attrs.get("result")
            state = {TrialState.COMPLETE: "complete", TrialState.PRUNED: "pruned"}.get(trial.state)
            if trial.state == TrialState.FAIL and "surplus" not in trial.user_attrs:
                if result is not None:
                    state = "failed"
                elif deaths(trial) >= MOST_DEATHS:
                    state, result = "failed", {"error": f"what trained it died {deaths(trial) + 1} times"}
            if state is None:
                continue
            losses = [loss for loss in trial.intermediate_values.values()]
            loss = min(losses) if losses else None
            index = self.index(trial, known)
            done.append({"trial": index, "state": state, "loss": loss, "params": trial.params, **(result or {})})
        return {"results": done}

    def see_to_the_lost(self):
        """Takes up what an engine has left that died between two things that belong together."""
        known = self.study.get_trials(deepcopy=False)
        now = datetime.datetime.now()
        grace = datetime.timedelta(seconds=self.grace)
        for trial in known:
            if trial.state == TrialState.RUNNING and trial.user_attrs.get("beating") != trial.number:
                # It was begun and has no heartbeat: without one Optuna would take it for alive for ever.
                if trial.datetime_start is not None and now - trial.datetime_start > grace:
                    self.storage.record_heartbeat(trial._trial_id)
                    self.storage.set_trial_user_attr(trial._trial_id, "beating", trial.number)
            elif trial.state == TrialState.FAIL and self.is_lost(trial, known):
                if now - trial.datetime_complete > grace:
                    take_up(self.study, trial)

    def is_lost(self, trial, known):
        """Whether an attempt failed by the death of its engine, and no other one has come after it."""
        if "surplus" in trial.user_attrs or "result" in trial.user_attrs or deaths(trial) >= MOST_DEATHS:
            return False
        return not any(origin(other) == origin(trial) and other.number > trial.number for other in known)

    def is_surplus(self, trial, trials):
        """Whether two engines have each begun the last trial, or taken up the same one."""
        known = self.study.get_trials(deepcopy=False)
        own = next(other for other in known if other.number == trial.number)
        if origin(own) != own.number:
            return any(
                origin(other) == origin(own) and other.number < own.number and other.state != TrialState.FAIL
                for other in known
            )
        return originals(known).index(own.number) >= trials

    def index(self, trial, known):
        """Which trial an attempt is at, counted from 0: Optuna's numbers also count other attempts. It stays the same."""
        if "index" in trial.user_attrs:
            return trial.user_attrs["index"]
        return originals(known).index(origin(trial))

    def sampler_for(self, index):
        seed = (self.seed + index) % 2**32
        if self.sampler == "random":
            return optuna.samplers.RandomSampler(seed=seed)
        return optuna.samplers.TPESampler(seed=seed, n_startup_trials=self.startup)

    def start_heartbeat(self, trial):
        self.storage.record_heartbeat(trial._trial_id)
        trial.set_user_attr("beating", trial.number)
        self.beats = threading.Event()

        def beat(stopped=self.beats):
            while not stopped.wait(self.storage.get_heartbeat_interval()):
                self.storage.record_heartbeat(trial._trial_id)

        threading.Thread(target=beat, daemon=True).start()

    def stop_heartbeat(self):
        self.beats.set()


def originals(trials):
    """The numbers of the first attempts at trials."""
    return sorted(
        trial.number for trial in trials if origin(trial) == trial.number and "surplus" not in trial.user_attrs
    )


def suggest(trial, name, entry):
    """Draws a value for a parameter, or gives the one that an earlier attempt had."""
    if "choices" in entry:
        return trial.suggest_categorical(name, entry["choices"])
    log, low, high = entry.get("log", False), entry["from"], entry["to"]
    if entry["whole"]:
        return trial.suggest_int(name, low, high, log=log, step=entry.get("step", 1))
    return trial.suggest_float(name, low, high, log=log, step=entry.get("step"))


def main():
    engine = Engine()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(engine, request.pop("call"))(**request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
    # Nobody asks any more: who trained was killed, or is done.
    if engine.trial is not None:
        engine.release()


main()
