"""What a search is opened with, and how Optuna draws by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import optuna


@dataclass(frozen=True)
class Opening:
    """A search, and how this engine takes part in it."""

    storage: str
    """A file as `file:/data/searches/mine/search.db`, or an address: see `database.connect`."""
    name: str
    settings: str
    """What everyone who takes part has to have alike."""
    space: dict[str, dict[str, Any]]
    """For each parameter `choices`, or `from`, `to`, `whole`, and perhaps `log` or `step`."""
    sampler: str
    """"tpe" or "random"."""
    seed: int
    startup: int
    """Trials after which "tpe" learns, and hopeless trials are given up."""
    prune_after: int | None
    """Iterations; None prunes nothing."""
    heartbeat: float
    """Seconds from one beat to the next."""
    grace: float
    """Seconds in which a beat has to come, while the database answers."""
    database_timeout: float = 600
    """Seconds for which a database that is away is asked again."""

    def pruner(self) -> optuna.pruners.BasePruner:
        if self.prune_after is None:
            return optuna.pruners.NopPruner()
        return optuna.pruners.MedianPruner(n_startup_trials=self.startup, n_warmup_steps=self.prune_after)

    def sampler_of(self, index: int) -> optuna.samplers.BaseSampler:
        """
        What draws for a trial. It depends on which trial it is, and not on which worker draws, or how often one was stopped.
        """
        seed = (self.seed + index) % 2**32
        if self.sampler == "random":
            return optuna.samplers.RandomSampler(seed=seed)
        return optuna.samplers.TPESampler(seed=seed, n_startup_trials=self.startup)


def suggest(trial: optuna.trial.Trial, name: str, entry: dict[str, Any]) -> Any:
    """Draws a value for a parameter, or gives the one that an earlier attempt had."""
    if "choices" in entry:
        return trial.suggest_categorical(name, entry["choices"])
    log, low, high = entry.get("log", False), entry["from"], entry["to"]
    if entry["whole"]:
        return trial.suggest_int(name, low, high, log=log, step=entry.get("step", 1))
    return trial.suggest_float(name, low, high, log=log, step=entry.get("step"))
