"""What a recogniser wrote becomes the phrase that was meant, with an honest confidence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contracts.replies import Reply
from connectors.speech.recognition.grammar import Grammar, figures, fits
from connectors.speech.recognition.recognition_data import said_figures
from connectors.speech.recognition.sounds import distance, sounds
from connectors.speech.recognition.transcription import Expected
from connectors.speech.recognition.vocabulary import ModelVocabulary, cannot_say

WORDS = ModelVocabulary.of_words(
    ["<eps>", "#0", "[unk]", "我", "要", "投诉", "转", "人工", "失业金", "失业", "金", "怎么", "领", "退休", "是", "的", "不", "对",
     *"零一二三四五六七八九幺两叉"]
)  # fmt: skip
ID = "530799199003070018"


def grammar(*phrases: str, kind: str = "choice") -> Grammar:
    return Grammar(Expected(kind, phrases), WORDS)  # type: ignore[arg-type]


def test_phrases_are_split_into_the_models_own_words() -> None:
    assert WORDS.segmented("我要投诉") == ("我", "要", "投诉")
    assert WORDS.segmented("领失业金") == ("领", "失业金")


def test_a_phrase_with_a_character_the_model_lacks_is_named_not_dropped_silently() -> None:
    found = grammar("我要投诉", "办护照")
    assert found.unsayable == ("办护照",)
    assert all("护照" not in line for line in found.lines or ())


def test_free_speech_has_no_grammar() -> None:
    assert grammar(kind="free").lines is None


def test_a_person_can_be_asked_for_whatever_is_expected() -> None:
    assert "转 人工" in (grammar("我要投诉").lines or ())
    assert "转 人工" in (Grammar(Expected("digits", of="id", length=18), WORDS).lines or ())


@pytest.mark.parametrize(
    ("raw", "phrase"),
    [
        ("投诉", "我要投诉"),
        ("我 要 偷 速", "我要投诉"),
        ("领 失业 金", "失业金怎么领"),
        ("[unk] 我 要 投诉", "我要投诉"),
        ("退 秀", "退休"),
    ],
)
def test_what_came_back_is_mapped_to_the_phrase_it_sounds_like(raw: str, phrase: str) -> None:
    assert grammar("我要投诉", "失业金怎么领", "退休").nearest(raw)[0].text == phrase


def test_the_distance_is_the_confidence() -> None:
    found = grammar("我要投诉", "退休")
    said = (("我 要 投诉", 0.0), ("我 要 投", 0.0), ("[unk] 我 要 投", 0.6))
    same, near, far = (found.nearest(raw, lost)[0].confidence for raw, lost in said)
    assert same == 1.0
    assert same > near > far


def test_two_phrases_that_sound_alike_are_not_trusted() -> None:
    found = grammar("办社保卡", "办社保款")
    assert found.nearest("办 社保")[0].confidence < 0.5


def test_nothing_heard_maps_to_nothing() -> None:
    assert grammar("退休").nearest("[unk]") == ()


def test_sounds_that_yunnan_mandarin_merges_cost_little() -> None:
    assert distance(sounds("四十"), sounds("世狮")) < 0.3
    assert distance(sounds("南路"), sounds("兰路")) < 0.3
    assert distance(sounds("退休"), sounds("投诉")) > 0.5


@given(st.text("我要投诉转人工退休失业金", max_size=8), st.text("我要投诉转人工退休失业金", max_size=8))
def test_the_distance_is_symmetric_and_between_nothing_and_everything(one: str, other: str) -> None:
    apart = distance(sounds(one), sounds(other))
    assert 0 <= apart <= 1
    assert apart == pytest.approx(distance(sounds(other), sounds(one)))
    assert distance(sounds(one), sounds(one)) == 0


def test_figures_are_read_however_they_are_said() -> None:
    assert figures(["幺", "两", "零", "我", "一二", "叉"]) == "12012X"


def test_every_pair_of_figures_is_equally_likely() -> None:
    lines = Grammar(Expected("digits"), WORDS).lines
    assert lines is not None
    row = lines[-1].split()
    known = [figure for figure in said_figures() if figure in WORDS.words]
    pairs = list(pairwise(row))
    assert len(set(pairs)) == len(pairs) == len(known) ** 2


def test_only_what_can_be_that_number_fits() -> None:
    """GB 11643-1999: the eighteenth place is a checksum."""
    identity = Expected("digits", of="id", length=18)
    assert fits(ID, identity)
    assert not fits(ID[:-1] + "9", identity)
    assert not fits(ID[:-1], identity)
    assert fits("13800000001", Expected("digits", of="phone", length=11))
    assert not fits("1380000000X", Expected("digits", of="code", length=11))


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_misheard_figure_never_makes_another_valid_identity_number(place: int, more: int) -> None:
    wrong = ID[:place] + str((int(ID[place]) + more) % 10) + ID[place + 1 :]
    assert not fits(wrong, Expected("digits", of="id", length=18))


def test_what_is_expected_comes_from_the_assistants_reply() -> None:
    def reply(kind: str, digits: dict[str, object] | None = None, choices: list[dict[str, str]] | None = None) -> Reply:
        return Reply.model_validate(
            {
                "messages": [
                    {"web": {"text": "？", "choices": choices or []}, "speech": "？", "desk": {"script": "？"}}
                ],
                "expects": {"kind": kind, "digits": digits},
                "understood": {"intent": "x", "outcome": "answered"},
                "catalogue_version": 1,
            }
        )

    assert Expected.by(reply("digits", {"of": "id", "length": 18})) == Expected("digits", of="id", length=18)
    assert Expected.by(reply("choice", None, [{"say": "提交", "choice": "case:submit"}])) == Expected(
        "choice", ("提交",)
    )
    assert Expected.by(reply("choice")).kind == "free"


def test_aliases_nobody_will_be_understood_to_say_are_found() -> None:
    assert cannot_say({"LJ-SY-001": ["失业金", "护照"]}, WORDS) == [("LJ-SY-001", "护照")]
