"""What the model learns to hear: the repository's own sentences and words, spelt as they are said, and spoken numbers."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import jieba
import yaml

from backend.language.digits import CHINESE_DIGITS, by_figure
from backend.language.numerals import NUMERAL_CHARACTERS, counted
from backend.language.placeholders import BRACKETED
from connectors.speech.text.spelling import spell

ROOT = Path(__file__).parents[2]
_CATALOGUE = ROOT / "backend" / "one_window" / "catalogue" / "data"
_OTHER = (_CATALOGUE, ROOT / "backend" / "one_window" / "cases" / "data", ROOT / "backend" / "platform" / "data")
"""Other folders with content that people read."""
_REPLIES = ROOT / "assistant" / "replies" / "texts"
_NLU = ROOT / "nlu_data"
_FILE = Path(__file__).parent / "data" / "sentences.yaml"

_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_COUNT = re.compile(r"\{\{[^}]*length[^}]*\}\}")
_NAME = re.compile(r"\{\{[^}]*(?:plain_name|item_name|materials|names)[^}]*\}\}")
_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_NUMERAL = re.compile(f"[{NUMERAL_CHARACTERS}点]+")
RENDERED = 15
"""Examples of each reply's template."""
MAX_TEMPLATE_CHARACTERS = 200
MAX_SENTENCE_CHARACTERS = 30
"""Characters of a spoken training sentence; longer ones are cut at their pauses."""
BLIND_SHARE = 12
"""One sentence in so many (one file of questions in so many) is kept from the model to test it."""
DEVELOPMENT_SHARE = 24
"""One file of questions in so many is kept from the model to set the decoder with."""
JOINED_SHARE = 5
"""One in so many of the sentences joined from a way of asking and an item is taught: they are alike."""

Digits = Literal["id", "phone", "case", "code", "date", "count", "money"]
NUMBERS: tuple[Digits, ...] = ("id", "id", "phone", "case", "code", "date", "count", "money")
"""How often each kind of number is said."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentences in characters only. ``blind`` ones are in neither language model nor training audio."""

    names: tuple[str, ...]
    """Names, plain names and aliases of items."""
    product: tuple[str, ...]
    """What the product says and asks, names of places and people."""
    joined: tuple[str, ...]
    """Ways of asking joined with items."""
    asked: tuple[str, ...]
    """Whole questions of people."""
    written: tuple[str, ...]
    """Other texts of the repository: for the language model and the vocabulary only."""
    blind_items: tuple[str, ...]
    """Held out: a way of asking joined with an item that were never joined in training."""
    blind_questions: tuple[str, ...]
    """Held out: the whole questions of some items' files, as people ask them."""
    development_questions: tuple[str, ...]
    """Likewise of a few other files, to set the decoder with."""

    @property
    def spoken(self) -> tuple[str, ...]:
        """All that is heard in training."""
        return (*self.product, *self.joined, *self.asked)


@lru_cache(maxsize=1)
def extra() -> dict[str, Any]:
    """The data file."""
    loaded: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def corpus() -> Corpus:
    """Read everything once."""
    items = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((_CATALOGUE / "items").glob("*.yaml"))]
    names = tuple(sorted({said for item in items for name in _names(item) for said in _runs(name)}))
    joined = sorted({form.format(b=name) for form in extra()["about_items"] for name in names})
    taught, blind, development = _questions()
    held_out = blind | development
    short = sorted(
        {
            *names,
            *_words("fixed"),
            *_words("places"),
            *_cut(_material_and_field_texts(items)),
            *_cut(_replies(names)),
            *_people(),
        }
        - held_out
    )
    written = sorted(
        {run for text in (*_strings(items), *_strings(_other_content())) for run in _runs(text)} - held_out
    )
    return Corpus(
        names=names,
        product=tuple(short),
        joined=tuple(s for s in joined if not _held_out(s) and _place(s) % JOINED_SHARE == 0),
        asked=tuple(sorted(taught - held_out)),
        written=tuple(written),
        blind_items=tuple(s for s in joined if _held_out(s)),
        blind_questions=tuple(sorted(q for q in blind if len(q) >= 4)),
        development_questions=tuple(sorted(q for q in development - blind if len(q) >= 4)),
    )


def weights(sentences: Iterable[str]) -> list[float]:
    """How often a spoken sentence is chosen: the joined ones are many and alike."""
    joined = re.compile("|".join(re.escape(form.replace("{b}", "")) for form in extra()["about_items"]))
    return [0.25 if joined.search(sentence) else 1.0 for sentence in sentences]


def spoken_number(rng: random.Random, kind: Digits) -> str:
    """A number as it is said: 18 figures of an identity card, a telephone, a case number, a date, an amount."""
    if kind == "date":
        return f"{by_figure(str(rng.randint(1930, 2030)))}年{counted(rng.randint(1, 12))}月{counted(rng.randint(1, 31))}{rng.choice('日号')}"
    if kind == "count":
        return (
            rng.choice(["", "第"])
            + counted(rng.choice([rng.randint(1, 31), rng.randint(1, 999), rng.randint(1, 20_000)]))
            + rng.choice(["", "个", "年", "个月", "天", "岁", "号", "块钱"])
        )
    if kind == "money":
        return counted(rng.choice([rng.randint(1, 99) * 100, rng.randint(1, 30_000)])) + rng.choice(
            ["元", "块", "块钱", "元钱"]
        )
    length = {"id": 18, "phone": 11, "case": 12, "code": rng.randint(3, 8)}[kind]
    digits = "".join(str(rng.randint(0, 9)) for _ in range(length))
    if kind == "phone":
        digits = f"1{rng.choice('3589')}{digits[2:]}"
    said = by_figure(digits, one=rng.choice("一幺"))
    if kind == "id" and rng.random() < 0.15:
        said = said[:-1] + rng.choice(["叉", "艾克斯"])
    before: list[str] = extra()["asked_digits"][kind]
    return rng.choice(before) + said


def twins(rng: random.Random) -> str:
    """Figures in which one is often said twice running: 二二 must not become 二."""
    said = ""
    while len(said) < 8:
        said += rng.choice(CHINESE_DIGITS) * rng.choice([1, 2, 2, 3])
    return said


def segmented(sentence: str) -> tuple[str, ...]:
    """Words of a sentence; numbers figure by figure, so that any number can be said."""
    found: list[str] = []
    for word in _cutter().cut(sentence, HMM=False):
        found.extend(word if _NUMERAL.fullmatch(word) else [word])
    return tuple(found)


@lru_cache(maxsize=1)
def _cutter() -> jieba.Tokenizer:
    jieba.setLogLevel(60)
    cutter = jieba.Tokenizer()
    for word in {*_words("places"), *_words("words_only"), "转人工", "导办"}:
        cutter.add_word(word, freq=20_000)
    return cutter


@lru_cache(maxsize=1)
def general_words() -> dict[str, float]:
    """Words of up to four characters of jieba's dictionary with how common they are."""
    found: dict[str, float] = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, _ = line.split(" ")
        if _RUN.fullmatch(word) and len(word) <= 4 and int(count) >= 5:
            found[word] = float(count)
    return found


def _place(sentence: str) -> int:
    return int.from_bytes(hashlib.sha256(sentence.encode()).digest()[:4], "big")


def _held_out(sentence: str) -> bool:
    return _place(sentence) // 1000 % BLIND_SHARE == 0


def _names(item: dict[str, Any]) -> Iterator[str]:
    yield from (item["name"], item["plain_name"], *item.get("aliases", ()))


def _words(group: str) -> list[str]:
    words: list[str] = extra()[group].split()
    return words


def _people() -> Iterator[str]:
    given = _words("given_names")
    for place, surname in enumerate(_words("surnames")):
        yield f"我叫{surname}{given[place % len(given)]}"
        yield f"{surname}{given[(place * 7 + 3) % len(given)]}"


def _material_and_field_texts(items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        yield from (material["name"] for material in item.get("materials", ()))
        for form in item.get("forms", ()):
            for field in form.get("fields", ()):
                yield from (field["label"], field.get("question", ""), *field.get("choices", ()))
        yield from item.get("examples", ())


def _replies(names: tuple[str, ...]) -> Iterator[str]:
    """The product's sentences; where a template has a number or a name, some numbers and names stand."""
    rng = random.Random(RENDERED)
    for path in sorted(_REPLIES.glob("*.yaml")):
        for text in _strings(yaml.safe_load(path.read_text("utf-8"))):
            yield from _TEMPLATE.split(text)
            bare = _TAG.sub("", text)
            for _ in range(RENDERED if "{{" in bare and len(bare) < MAX_TEMPLATE_CHARACTERS else 0):
                filled = _COUNT.sub(lambda _m: str(rng.randint(1, 12)), bare)
                yield _TEMPLATE.sub("，", _NAME.sub(lambda _m: rng.choice(names), filled))


def _questions() -> tuple[set[str], set[str], set[str]]:
    """What people ask, spelt: (taught, blind, for development). Whole files are held out: questions about one item are alike."""
    taught, blind, development = set(_cut(_examples())), set[str](), set[str]()
    for path in sorted((_NLU / "questions").rglob("*.yml")):
        place = _place(path.name) // 1000
        group = blind if place % BLIND_SHARE == 0 else development if place % DEVELOPMENT_SHARE == 1 else taught
        for questions in yaml.safe_load(path.read_text("utf-8"))["questions"].values():
            group |= set(_cut(questions))
    return taught, blind, development


def _examples() -> Iterator[str]:
    for path in sorted((_NLU / "nlu").glob("*.yml")):
        for line in path.read_text("utf-8").splitlines():
            if line.lstrip().startswith("- ") and ":" not in line and BRACKETED.search(line) is None:
                yield _ENTITY.sub(lambda found: found[1], line.lstrip()[2:])


def _other_content() -> list[Any]:
    files = [path for folder in _OTHER for path in sorted(folder.iterdir()) if path.suffix == ".yaml"]
    return [yaml.safe_load(path.read_text("utf-8")) for path in files]


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)


def _runs(text: str) -> list[str]:
    return _RUN.findall(spell(text))


def _cut(texts: Iterable[str]) -> Iterator[str]:
    """Spelt sentences, short pieces between pauses joined up to the longest length."""
    for text in texts:
        piece = ""
        for run in _runs(text):
            if piece and len(piece) + len(run) > MAX_SENTENCE_CHARACTERS:
                yield piece
                piece = ""
            piece += run
        if piece and len(piece) <= 2 * MAX_SENTENCE_CHARACTERS:
            yield piece
