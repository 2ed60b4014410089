"""The vault's keys: one file, mode 600, never made anew while there is ciphertext that needs the old one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.core.errors import StartRefusedError

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Encryption keys by id (AES-256-GCM), and one separate key for the keyed hash that finds equal values."""

    current: str
    keys: dict[str, bytes]
    lookup: bytes

    @classmethod
    def open(cls, path: Path, *, ciphertext_exists: bool) -> KeyRing:
        """Read the ring; make one only for an empty vault. Raises StartRefusedError otherwise."""
        if path.exists():
            return cls._read(path)
        if ciphertext_exists:
            raise StartRefusedError(
                f"个人信息保险箱的钥匙不在：{path.name}。请从备份放回钥匙再启动；没有钥匙，已加密的号码读不出来。"
            )
        ring = cls(current="k1", keys={"k1": secrets.token_bytes(32)}, lookup=secrets.token_bytes(32))
        ring._write(path)
        return ring

    def encrypt(self, value: str, context: str) -> tuple[str, bytes]:
        """(key id, nonce + ciphertext). ``context`` is bound to it: moved elsewhere it does not open."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, value.encode(), context.encode())
        return self.current, nonce + sealed

    def decrypt(self, key_id: str, sealed: bytes, context: str) -> str:
        """The value. Raises StartRefusedError when the key is missing or wrong."""
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

    @classmethod
    def _read(cls, path: Path) -> KeyRing:
        try:
            content = json.loads(path.read_text("ascii"))
            keys = {key_id: base64.b64decode(key) for key_id, key in content["keys"].items()}
            return cls(content["current"], keys, base64.b64decode(content["lookup"]))
        except (ValueError, KeyError) as error:
            raise StartRefusedError(f"保险箱的钥匙文件坏了：{path.name}。请从备份放回。") from error

    def _write(self, path: Path) -> None:
        content = {
            "current": self.current,
            "keys": {key_id: base64.b64encode(key).decode() for key_id, key in self.keys.items()},
            "lookup": base64.b64encode(self.lookup).decode(),
        }
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
