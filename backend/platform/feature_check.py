"""Whether the declarations of all features hold together. What forgets to say how personal data are erased does not start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from backend.platform.action_names import ACTION_NAMES
from backend.platform.database import Base
from backend.platform.features import Feature, House, retention_of
from backend.platform.permissions import PERMISSIONS
from backend.platform.personal_records import Holds, PersonalRecords


def declaration_problems(features: tuple[Feature, ...]) -> list[str]:
    """What is wrong with the declarations, one sentence each; nothing when they hold together."""
    return [
        *_names(features),
        *_permissions(features),
        *_tables(features),
        *_events(features),
    ]


def built_problems(house: House) -> list[str]:
    """What only shows once the services are made: erasure of every table of citizens, a way to expire every kind of data."""
    return [*_erasure(house.features, house.records), *_retention(house)]


def _names(features: Iterable[Feature]) -> Iterator[str]:
    yield from _twice("功能名", (feature.name for feature in features))
    yield from _twice("事件", (kind.name for feature in features for kind in feature.events))
    operations = [operation for feature in features for operation in feature.operations]
    yield from _twice("地址", (f"{operation.method} {operation.path}" for operation in operations))
    yield from _twice("保存期限", (kind for feature in features for kind in feature.retention))


def _twice(what: str, names: Iterable[str]) -> list[str]:
    return [f"{what}「{name}」声明了{count}次，只能有一次。" for name, count in Counter(names).items() if count > 1]


def _permissions(features: Iterable[Feature]) -> Iterator[str]:
    used: set[str] = set()
    for feature in features:
        for operation in feature.operations:
            used.add(operation.permission)
            if operation.permission not in PERMISSIONS:
                yield f"{feature.name}：{operation.path} 的权限「{operation.permission}」没有声明。"
        for entry in feature.navigation:
            if entry.permission not in PERMISSIONS:
                yield f"{feature.name}：导航「{entry.title}」的权限「{entry.permission}」没有声明。"
    declared = {permission for feature in features for permission in feature.permissions}
    for permission in sorted(declared - used):
        yield f"权限「{permission}」没有哪个地址用。"


def _events(features: Iterable[Feature]) -> Iterator[str]:
    for feature in features:
        for kind in feature.events:
            if kind.name not in ACTION_NAMES:
                yield f"{feature.name}：事件「{kind.name}」没有写给人看的名字（action_names.yaml）。"
            if kind.told_to and kind.told_to not in PERMISSIONS:
                yield f"{feature.name}：事件「{kind.name}」的权限「{kind.told_to}」没有声明。"


def _tables(features: Iterable[Feature]) -> Iterator[str]:
    declared = [table for feature in features for table in feature.tables]
    yield from _twice("表", (table.name for table in declared))
    for name in sorted(Base.metadata.tables.keys() - {table.name for table in declared}):
        yield f"表 {name} 没有功能声明它：请在它的 feature.py 里写明里面是谁的数据。"
    for table in declared:
        if table.holds is Holds.NOBODYS and table.keeps_free_text and not table.because:
            yield f"表 {table.name} 里能写长文字，请写明为什么没有个人信息，或者声明为群众的数据。"


def _erasure(features: Iterable[Feature], records: Iterable[PersonalRecords]) -> Iterator[str]:
    erased = {model for kept in records for model in kept.erases}
    for feature in features:
        for table in feature.tables:
            if table.holds is Holds.CITIZENS and table.model not in erased:
                yield f"{feature.name}：表 {table.name} 里有群众的个人信息，可是没有声明怎么删除（PersonalRecords.erases）。"


def _retention(house: House) -> Iterator[str]:
    kinds = retention_of(house.features)
    for kind, kept in kinds.items():
        if kept.days is not None and kept.by == "feature" and kind not in house.expiries:
            yield f"保存期限「{kind}」写了天数，可是没有声明怎么清理。"
    for kind in house.expiries.keys() - kinds.keys():
        yield f"「{kind}」有清理的办法，可是没有写保存期限（retention.yaml）。"
