"""The catalogue: its index, guides, answers, search."""

from __future__ import annotations

from backend.client.transport import ClientPart
from backend.contracts.catalogue import CatalogueIndex, CentreInfo, Guide, ItemList, PolicyAnswerView


class CatalogueClient(ClientPart):
    """The catalogue: its index, guides, answers, search."""

    async def index(self, known_version: int | None = None) -> CatalogueIndex | None:
        """The item linker's index, or None when ``known_version`` is still current."""
        headers = {} if known_version is None else {"If-None-Match": f'"{known_version}"'}
        return await self.client.call("GET", "/catalogue/index", CatalogueIndex, headers=headers, none_on=304)

    async def guide(self, code: str) -> Guide:
        """The guide of one item."""
        return await self.get(f"/catalogue/items/{code}", Guide)

    async def policy_answer(self, answer_id: str) -> PolicyAnswerView:
        """One policy answer with its basis and date."""
        return await self.get(f"/catalogue/answers/{answer_id}", PolicyAnswerView)

    async def search(self, text: str, limit: int = 5) -> ItemList:
        """Items by everyday words, best first."""
        return await self.get("/catalogue/items", ItemList, params={"q": text, "limit": str(limit)})

    async def centre(self) -> CentreInfo:
        """The hall, its units and hotlines."""
        return await self.get("/catalogue/centre", CentreInfo)
