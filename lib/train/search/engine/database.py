"""
The database of a search: how it is opened, and what its errors mean. What is done about them is in `patience.py`, what stands
in it in `attempts.py`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import optuna
import sqlalchemy
import sqlalchemy.exc


class DatabaseError(Exception):
    """What is wrong with a database, and what to do, in words for the user."""


def connect(storage: str) -> optuna.storages.BaseStorage:
    """
    Opens a database and makes Optuna's tables in it where they are missing. Trials that are over are read from it once.

    :param storage: a file of SQLite, as `file:/data/searches/100% mine?/search.db`, or an address as SQLAlchemy has it
    """
    file = file_of(storage)
    if file is not None:
        return optuna.storages.get_storage(sqlite(file))
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", storage)
    arguments: dict[str, Any] = {"pool_pre_ping": True}
    if url.startswith("postgresql+psycopg:"):
        # Without these a server that has vanished from the network is waited for for hours.
        arguments["connect_args"] = {
            "connect_timeout": 10,
            "keepalives_idle": 15,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        }
    # Optuna has the address go through `format`.
    escaped = url.replace("{", "{{").replace("}", "}}")
    return optuna.storages.get_storage(optuna.storages.RDBStorage(escaped, engine_kwargs=arguments))


def file_of(storage: str) -> str | None:
    """The file of a database of SQLite; none of another one."""
    if storage.startswith("file:"):
        return storage[len("file:") :]
    return sqlalchemy.make_url(storage).database if storage.startswith("sqlite:") else None


def name_of(storage: str) -> str:
    """What a database is called in messages, which nobody's password belongs into."""
    try:
        return file_of(storage) or sqlalchemy.make_url(storage).render_as_string(hide_password=True)
    except (sqlalchemy.exc.ArgumentError, ValueError) as error:
        raise DatabaseError(
            "Expected a `storage` as postgresql://user@host:5432/database, got another address"
        ) from error


def sqlite(file: str) -> optuna.storages.RDBStorage:
    """Opens a file by its name as it is: in an address `%`, `?` and `#` would mean something else."""

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(file, timeout=5, check_same_thread=False)

    storage = optuna.storages.RDBStorage(
        "sqlite://", engine_kwargs={"creator": opened, "poolclass": sqlalchemy.pool.QueuePool}
    )
    # Not before the tables are there: while Optuna makes them it has two connections at once.
    sqlalchemy.event.listen(storage.engine, "begin", begin_to_write)
    return storage


def begin_to_write(connection: sqlalchemy.Connection) -> None:
    """
    Begins a transaction of SQLite so that nobody else writes until it ends. By itself Python begins one with the first thing
    that is written, so that two workers could both read that a trial waits, and then both take it.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and what led to it."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__


def is_away(error: BaseException) -> bool:
    """Whether an error means that a database is away or busy, and may answer when it is asked again."""
    for one in causes(error):
        if isinstance(one, sqlalchemy.exc.DBAPIError):
            if isinstance(one.orig, sqlite3.Error):
                return "locked" in str(one.orig) or "busy" in str(one.orig)
            return one.connection_invalidated or isinstance(
                one, (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError)
            )
        if isinstance(one, sqlalchemy.exc.TimeoutError):
            return True
    return False


HOPELESS = re.compile(
    r"authentication failed|no password supplied|does not exist|no pg_hba\.conf entry|failed to resolve host"
    r"|could not translate host name|not permitted to log in"
)
"""What a database that was never reached says, where asking again will not help."""

REMEDIES = {
    "readonly": "Make it writable, or take another `folder` or `storage`.",
    "disk is full": "Make room on its disk and call the search again: it goes on.",
    "unable to open": "Its folder has to be there, and to be writable.",
    "not a database": "Remove it, or take another `folder`.",
    "malformed": "Remove it, or take another `folder`.",
}
"""What to do, by what SQLite says."""


def reason(error: BaseException) -> str:
    """Why a database did not do what it was asked, in a line."""
    for one in causes(error):
        if isinstance(one, sqlalchemy.exc.DBAPIError) and one.orig is not None:
            return str(one.orig).strip().partition("\n")[0]
    return f"{type(error).__name__}: {error}"


def remedy(error: BaseException) -> str | None:
    """What to do about a file of SQLite that cannot be read or written; none where the error is another one."""
    for one in causes(error):
        if isinstance(one, sqlalchemy.exc.DBAPIError) and isinstance(one.orig, sqlite3.Error):
            return next((words for said, words in REMEDIES.items() if said in str(one.orig)), None)
    return None
