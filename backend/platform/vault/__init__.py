"""The vault: personal identifiers are found on arrival, checked, encrypted, and stand in texts as placeholders."""

from backend.language.identifiers import Kind, Verdict, check, not_a
from backend.language.identifiers_in_text import Found, find_identifiers
from backend.language.placeholders import PLACEHOLDER
from backend.platform.vault.keys import KeyRing
from backend.platform.vault.service import Kept, Vault

__all__ = ["PLACEHOLDER", "Found", "Kept", "KeyRing", "Kind", "Vault", "Verdict", "check", "find_identifiers", "not_a"]
