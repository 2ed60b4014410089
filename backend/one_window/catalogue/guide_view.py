"""What the guide page shows of an item, put into the order and words of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from backend.contracts.catalogue import Guide
from backend.contracts.catalogue_content import Ask, Basis, Form, Item, Material
from backend.one_window.catalogue.flowchart import Flowchart, draw
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.catalogue.wording import basis_text

_GROUPS: tuple[tuple[Ask, str], ...] = (
    (Ask.HAND_IN, "要带的（交给窗口）"),
    (Ask.SHOW, "给窗口看一下（看完还您）"),
    (Ask.FILL_IN, "要填写的"),
    (Ask.CONFIRM, "核对一下就行的"),
    (Ask.NOTHING, "不用带，我们自己查"),
)

_MADE = ("填", "写", "准备", "说", "先审")
"""How an issuer ends that already says what is done: 「申请人自己填」."""


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material as people read it."""

    material: Material
    when: str
    """「请别人代办的」; empty when everybody needs it."""
    source: str
    issuer: str
    """「由公安机关出」, 「由申请人自己填」; empty where nothing has to be got."""


@dataclass(frozen=True, slots=True)
class MaterialGroup:
    """Materials with which the same is to be done."""

    ask: Ask
    title: str
    lines: tuple[MaterialLine, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another item to go on to."""

    code: str
    plain_name: str


@dataclass(frozen=True, slots=True)
class GuideView:
    """Everything the page shows."""

    guide: Guide
    groups: tuple[MaterialGroup, ...]
    chart: Flowchart
    form: Form
    related: tuple[Related, ...]
    hotline: str
    ask: str
    """Address of the conversation with the item's question written."""

    @property
    def item(self) -> Item:
        """The item."""
        return self.guide.item

    @property
    def nothing_to_bring(self) -> bool:
        """Whether the applicant brings, shows and fills in nothing at all."""
        return all(group.ask is Ask.NOTHING for group in self.groups)


def view(catalogue: CatalogueService, guide: Guide, names: dict[str, str]) -> GuideView:
    """The page of a guide; ``names`` are the plain names of published items."""
    item = guide.item
    hotline = next((unit.hotline for unit in catalogue.units if unit.code == item.unit), "")
    return GuideView(
        guide=guide,
        groups=_groups(catalogue, item.materials),
        chart=draw(item.steps),
        form=catalogue.form_of(item),
        related=tuple(Related(code, names[code]) for code in item.related if code in names),
        hotline=hotline,
        ask=ask_address(f"{item.plain_name}要带什么"),
    )


def ask_address(question: str) -> str:
    """The conversation page with a question written, not yet sent."""
    return f"/#ask={quote(question)}"


def _groups(catalogue: CatalogueService, materials: Sequence[Material]) -> tuple[MaterialGroup, ...]:
    groups = []
    for ask, title in _GROUPS:
        lines = tuple(_line(catalogue, material) for material in materials if material.ask is ask)
        if lines:
            groups.append(MaterialGroup(ask, title, lines))
    return tuple(groups)


def _line(catalogue: CatalogueService, material: Material) -> MaterialLine:
    return MaterialLine(
        material, catalogue.when_text(material.when), source(material.basis, material.cite), _issuer(material)
    )


def _issuer(material: Material) -> str:
    if not material.issuer or material.ask in (Ask.NOTHING, Ask.CONFIRM):
        return ""
    return f"由{material.issuer}{'' if material.issuer.endswith(_MADE) else '出'}"


def source(basis: Basis, cite: str) -> str:
    """Where a demand comes from."""
    return f"依据：{cite}" if cite else basis_text(basis)
