"""The vault's keys: one file, mode 600, never made anew while there is ciphertext that needs the old one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.platform.errors import StartRefusedError

KEYS_FILE = "vault.keys"
"""Name of the ring's file in the folder of secrets."""
_NONCE_BYTES = 12


@dataclass(slots=True)
class KeyRing:
    """Encryption keys by id (AES-256-GCM), and one separate key for the keyed hash that finds equal values.

    The file is read again when it has changed: a rotation reaches every process that shares it.
    """

    current: str
    keys: dict[str, bytes]
    lookup: bytes
    path: Path | None = None
    seen: int = 0
    """The file's time when it was read, nanoseconds."""

    @classmethod
    def open(cls, path: Path, *, ciphertext_exists: bool) -> KeyRing:
        """Read the ring; make one only where nothing was sealed or chained with another yet. Raises StartRefusedError otherwise."""
        if path.exists():
            return cls._read(path)
        if ciphertext_exists:
            raise StartRefusedError(
                f"个人信息保险箱的钥匙不在：{path.name}。请从备份放回钥匙再启动；没有钥匙，已加密的号码读不出来。"
            )
        ring = cls(current="k1", keys={"k1": secrets.token_bytes(32)}, lookup=secrets.token_bytes(32), path=path)
        ring._write()
        return ring

    def rotate(self) -> None:
        """Make a new current key; the old ones stay for what they sealed."""
        self._refresh()
        number = max(int(key_id.removeprefix("k")) for key_id in self.keys) + 1
        self.current = f"k{number}"
        self.keys = {**self.keys, self.current: secrets.token_bytes(32)}
        self._write()

    def retire(self, in_use: Iterable[str]) -> tuple[str, ...]:
        """Drop keys that seal nothing any more; returns their ids."""
        self._refresh()
        dropped = tuple(sorted(self.keys.keys() - {self.current, *in_use}))
        if dropped:
            self.keys = {key_id: key for key_id, key in self.keys.items() if key_id not in dropped}
            self._write()
        return dropped

    def encrypt(self, value: str, context: str) -> tuple[str, bytes]:
        """(key id, nonce + ciphertext). ``context`` is bound to it: moved elsewhere it does not open."""
        self._refresh()
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, value.encode(), context.encode())
        return self.current, nonce + sealed

    def decrypt(self, key_id: str, sealed: bytes, context: str) -> str:
        """The value. Raises StartRefusedError when the key is missing or wrong."""
        if key_id not in self.keys:
            self._refresh()
        key = self.keys.get(key_id)
        if key is None:
            raise StartRefusedError(f"保险箱缺少钥匙 {key_id}，请从备份放回。")
        try:
            return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode()).decode()
        except InvalidTag as error:
            raise StartRefusedError(f"保险箱的钥匙 {key_id} 不对，请从备份放回原来的钥匙。") from error

    def fingerprint(self, kind: str, value: str) -> str:
        """Keyed hash: equal values have equal ones, and nothing can be read from it without the key."""
        return hmac.new(self.lookup, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()

    def derived(self, purpose: str) -> bytes:
        """A key for something else that must not lie in the database; the same after every rotation."""
        return hmac.new(self.lookup, f"derived:{purpose}".encode(), hashlib.sha256).digest()

    @classmethod
    def _read(cls, path: Path) -> KeyRing:
        try:
            content = json.loads(path.read_text("ascii"))
            keys = {key_id: base64.b64decode(key) for key_id, key in content["keys"].items()}
            return cls(content["current"], keys, base64.b64decode(content["lookup"]), path, path.stat().st_mtime_ns)
        except (ValueError, KeyError) as error:
            raise StartRefusedError(f"保险箱的钥匙文件坏了：{path.name}。请从备份放回。") from error

    def _refresh(self) -> None:
        if self.path is not None and self.path.exists() and self.path.stat().st_mtime_ns != self.seen:
            fresh = self._read(self.path)
            self.current, self.keys, self.lookup, self.seen = fresh.current, fresh.keys, fresh.lookup, fresh.seen

    def _write(self) -> None:
        """Beside the old file, then in its place: a crash leaves one of the two whole."""
        if self.path is None:
            return
        path = self.path
        beside = path.with_name(path.name + ".new")
        content = {
            "current": self.current,
            "keys": {key_id: base64.b64encode(key).decode() for key_id, key in self.keys.items()},
            "lookup": base64.b64encode(self.lookup).decode(),
        }
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        self.seen = path.stat().st_mtime_ns
