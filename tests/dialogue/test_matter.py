"""What is wanted, and whose matter is asked for, by the words alone."""

from __future__ import annotations

import pytest

from assistant.dialogue.matter import matter_of
from assistant.dialogue.message import points_back
from assistant.dialogue.other_body import office_asked_for


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("帮我办社保卡补办", "社保卡补办"),
        ("我要申请失业金", "失业金"),
        ("麻烦帮我办理一下退休手续。", "退休手续"),
        ("我想去办个居住证明", "居住证明"),
        ("给我办一下医保备案吧", "医保备案"),
        ("社保卡补办，帮我填", "社保卡补办"),
        ("失业登记麻烦帮我办一下", "失业登记"),
        ("社保卡补办", None),
        ("我的卡丢了", None),
        ("帮我办", None),
    ],
)
def test_the_matter_of_a_wish(said: str, matter: str | None) -> None:
    """Without the words that want it; a sentence that wants nothing is left whole."""
    assert matter_of(said) == matter


@pytest.mark.parametrize(
    "said",
    [
        "我户口要迁到重庆，这张要处理掉不",
        "我是乡下户口，不是城里人",
        "酒店开在玉龙，营业执照是昆明的",
        "我全家搬去加拿大，还没换护照",
    ],
)
def test_what_is_only_told_is_nobody_elses_matter(said: str) -> None:
    """Another body's word in a clause that asks nothing is a circumstance."""
    assert office_asked_for(said) is None


@pytest.mark.parametrize(
    "said", ["护照丢了，怎么补", "户口迁移在哪里办", "我要换护照", "顺便问一下，营业执照怎么注销", "我想办户口迁移"]
)
def test_what_is_asked_for_is_theirs(said: str) -> None:
    """Asked, wished, or asked of in a few words after it."""
    assert office_asked_for(said) is not None


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("想问一下我这种算不算工伤", True),
        ("我这样能领吗", True),
        ("他这种情况要交几年", True),
        ("这张表怎么填", False),
        ("失业金怎么领", False),
    ],
)
def test_what_points_back_to_a_story(said: str, *, back: bool) -> None:
    """Alone it is a question about anybody."""
    assert points_back(said) is back
