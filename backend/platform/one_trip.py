"""A statement on SQLite in one trip to the connection's thread; SQLAlchemy's cursor takes four, each of which costs more than the statement."""

from __future__ import annotations

import sqlite3
from collections import deque
from typing import Any

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor

_Found = tuple[Any, deque[Any], Any, int]
"""Description, rows, the id of the last row put in, how many rows were changed."""


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose statements take one trip each."""

    __slots__ = ()

    @classmethod
    def of(cls, opened: AsyncAdapt_aiosqlite_connection) -> OneTripConnection:
        """The same connection."""
        return cls(opened.dbapi, opened._connection)

    def cursor(self, server_side: bool = False) -> AsyncAdapt_aiosqlite_cursor:
        """A cursor; one that reads row by row is SQLAlchemy's."""
        return super().cursor(server_side) if server_side else _OneTripCursor(self)

    def rollback(self) -> None:
        """Roll back; the pool does it once more with every connection that comes back to it, where there is nothing left to do."""
        connection: Any = self._connection
        try:
            begun = bool(connection.in_transaction)
        except ValueError:  # closed: SQLAlchemy says so
            begun = True
        if begun:
            super().rollback()


class _OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._carry_out("execute", operation, () if parameters is None else parameters)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        self._carry_out("executemany", operation, seq_of_parameters)

    def _carry_out(self, how: str, operation: Any, parameters: Any) -> None:
        """Raises the driver's error as SQLAlchemy's cursor does."""
        connection: Any = self._connection  # aiosqlite's; its queue is what SQLAlchemy uses too
        try:
            found: _Found = self.await_(connection._execute(_done, connection._conn, how, operation, parameters))
        except Exception as error:  # noqa: BLE001  # raised again, as the driver's where it is not one
            self._adapt_connection._handle_exception(error)
        else:
            self.description, self._rows, self.lastrowid, self.rowcount = found


def _done(connection: sqlite3.Connection, how: str, operation: str, parameters: Any) -> _Found:
    """In the connection's thread."""
    cursor = connection.cursor()
    try:
        getattr(cursor, how)(operation, parameters)
        if how == "execute" and cursor.description:
            return cursor.description, deque(cursor.fetchall()), -1, -1
        return None, deque(), cursor.lastrowid, cursor.rowcount
    finally:
        cursor.close()
