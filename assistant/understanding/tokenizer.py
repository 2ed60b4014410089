"""Rasa component: tokens of the masked, normal form.

``granularity: text`` makes the whole sentence one token, so that character n-grams cross no artificial gaps (for logistic
regression on sentence features); ``granularity: character`` makes one token a character (for DIET).
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding.item_linker import MASKED
from assistant.understanding.normaliser import normalise
from backend.language.placeholders import BRACKETED

_PIECES = re.compile(rf"{BRACKETED.pattern}|[a-z0-9]+|.", re.DOTALL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MaskedTextTokenizer(Tokenizer):  # type: ignore[misc]  # rasa is not typed
    """Tokenises what the linker left; in training the examples carry the item token themselves."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Defaults of the configuration."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            "granularity": "text",
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of an attribute; offsets are those of the normal form."""
        text = message.get(attribute) or ""
        if attribute == TEXT:
            text = message.get(MASKED) or normalise(text)
        if self._config["granularity"] == "character":
            return [Token(piece.group(), piece.start()) for piece in _PIECES.finditer(text)]
        return [Token(text, 0)]
