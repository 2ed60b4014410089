"""The vault: personal identifiers are found on arrival, checked, encrypted, and stand in texts as placeholders."""

from backend.platform.vault.keys import KeyRing
from backend.platform.vault.service import Kept, Vault

__all__ = ["Kept", "KeyRing", "Vault"]
