#!/usr/bin/env bash
# Optuna's heartbeat ends for good with the first write that fails, and its trial is then given up while it still runs.
#
# Version: optuna 5.0.0 (optuna/storages/_heartbeat.py, `HeartbeatThread._record_heartbeat`), with SQLite; CPython 3.10 or newer.
# Expected: heartbeats are there so that a trial counts as dead when its process has died. A database that is busy for
#   two seconds, or restarts, should cost a heartbeat or two; the next ones are written.
# Seen: the loop that writes them has no `try`. One failed write raises in its thread, which ends; `study.optimize` goes on and
#   says nothing of it. After `grace_period` any other process that asks for a trial fails this one, though it lives, and a
#   retry callback hands it out a second time. When the objective returns at last, `optimize` ends with the words
#   "AssertionError: Should not reach."
# To live with it: beat from a thread of one's own that survives errors (ask and tell instead of optimize), and count
#   as silence only time in which the database answered.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check optuna==5.0.0 2>/dev/null

cat > "$folder/try.py" <<'PYTHON'
import sqlite3, sys, threading, time, warnings
import optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.CRITICAL)
threading.excepthook = lambda failure: print("the heartbeat's thread ended:", failure.exc_type.__name__)
file = sys.argv[1]
beating = dict(heartbeat_interval=1, grace_period=3)


def opened():
    storage = optuna.storages.RDBStorage(f"sqlite:///{file}", engine_kwargs={"connect_args": {"timeout": 0.2}}, **beating)
    return optuna.create_study(storage=storage, study_name="s", load_if_exists=True)


def objective(trial):
    time.sleep(1.5)  # A heartbeat or two are written.
    lock = sqlite3.connect(file, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")  # Somebody else writes for two seconds.
    time.sleep(2)
    lock.execute("COMMIT")
    time.sleep(6)  # Time for many heartbeats, and the trial lives.
    optuna.storages.fail_stale_trials(opened())  # As any other process does before it asks for a trial.
    print("state of the trial that runs:", study.trials[0].state.name)
    return 1.0


study = opened()
try:
    study.optimize(objective, n_trials=1)
except Exception as error:
    print("its result:", type(error).__name__, error)
PYTHON
seen=$("$folder/venv/bin/python" "$folder/try.py" "$folder/study.db" 2>&1)
echo "$seen"
grep -q "the heartbeat's thread ended: StorageInternalError" <<<"$seen" || exit 1
grep -q "state of the trial that runs: FAIL" <<<"$seen" || exit 1
