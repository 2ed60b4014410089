"""The vault: personal identifiers are found on arrival, checked, encrypted, and stand in texts as placeholders."""

from backend.core.vault.finding import Found, find_identifiers
from backend.core.vault.identifiers import Kind, Verdict, check, not_a
from backend.core.vault.keys import KeyRing
from backend.core.vault.service import PLACEHOLDER, Kept, Vault

__all__ = ["PLACEHOLDER", "Found", "Kept", "KeyRing", "Kind", "Vault", "Verdict", "check", "find_identifiers", "not_a"]
