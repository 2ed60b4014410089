"""The vault: personal identifiers are found on arrival, checked, encrypted, and stand in texts as placeholders."""

from backend.platform.vault.keys import KeyRing
from backend.platform.vault.service import Occurrence, StoredIdentifier, Vault

__all__ = ["KeyRing", "Occurrence", "StoredIdentifier", "Vault"]
