"""What becomes of personal numbers (identity cards, bank cards, private mobiles) that somebody types into a field.

A field without a mark refuses them with its name: whatever is public, or belongs to nobody in particular, holds none. A mark
says who looks after them instead. It stands in the OpenAPI document as ``x-numbers``; a test plants numbers into every field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Numbers:
    """Marks a field, with everything inside it.

    ``secret``: a password or code, only ever kept as a hash; ``vault``: whoever keeps the text puts the numbers into the
    vault; ``hidden``: whoever keeps the text leaves them out (the audit trail, reports); ``refused``: in words of its own;
    ``lookup``: somebody is found by it, it is not kept.
    """

    are: Literal["secret", "vault", "hidden", "refused", "lookup"]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say so in the OpenAPI document."""
        return {**handler(schema), "x-numbers": self.are}


SECRET = Numbers("secret")
IN_VAULT = Numbers("vault")
HIDDEN = Numbers("hidden")
REFUSED = Numbers("refused")
LOOKUP = Numbers("lookup")

Password = Annotated[str, SECRET, StringConstraints(min_length=1, max_length=200)]
"""A password as somebody types it. A route that takes a secret is limited like signing in (platform/http.py)."""
