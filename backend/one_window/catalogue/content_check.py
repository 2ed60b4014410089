"""The check of the catalogue's content files."""

from __future__ import annotations

from backend.one_window.catalogue.delivered import ContentError, edition
from backend.one_window.catalogue.search import unknown_codes
from backend.platform.features import ContentReport


def check() -> ContentReport:
    """Read every file; name what is wrong, and count what is not confirmed."""
    try:
        found = edition()
    except ContentError as error:
        return ContentReport(tuple(str(error).splitlines()))
    unconfirmed = sum(len(delivered.item.to_confirm) for delivered in found.items.values())
    limits = [delivered.item.time_limits for delivered in found.items.values()]
    without_limit = sum(one.statutory is None and one.promised is None for one in limits)
    remark = f"事项{len(found.items)}个；待中心确认的说法{unconfirmed}处；没有公布时限的事项{without_limit}个。"
    return ContentReport(tuple(unknown_codes(found.items.keys())), (remark,))
