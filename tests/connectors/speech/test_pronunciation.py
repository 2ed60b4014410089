"""Characters with several readings are read as the centre's words need."""

from __future__ import annotations

import pytest

from connectors.speech.text.espeak_input import espeak_text
from connectors.speech.text.pronunciation import own_words, syllables

READINGS = {
    "银行": "yin2 hang2",
    "重新": "chong2 xin1",
    "重要": "zhong4 yao4",
    "补助": "bu3 zhu4",
    "异地就医": "yi4 di4 jiu4 yi1",
    "当地银行": "dang1 di4 yin2 hang2",
    "参保地": "can1 bao3 di4",
    "调解": "tiao2 jie3",
    "调档": "diao4 dang4",
    "供养亲属": "gong1 yang3 qin1 shu3",
    "还款": "huan2 kuan3",
    "还没有": "hai2 mei2 you3",
    "费率": "fei4 lv4",
    "率先": "shuai4 xian1",
    "丧葬费": "sang1 zang4 fei4",
    "给付": "ji3 fu4",
    "给您": "gei3 nin2",
    "差评": "cha4 ping2",
    "出差": "chu1 chai1",
    "差额": "cha1 e2",
    "变更": "bian4 geng1",
    "宁蒗县": "ning2 lang4 xian4",
    "华坪县": "hua2 ping2 xian4",
    "女儿": "nv3 er2",
    "行政": "xing2 zheng4",
    "长期": "chang2 qi1",
    "院长": "yuan4 zhang3",
    "担保": "dan1 bao3",
    "负担": "fu4 dan1",
    "兴办": "xing1 ban4",
    "数据": "shu4 ju4",
    "幺二三": "yao1 er4 san1",
    "中断": "zhong1 duan4",
    "中奖": "zhong4 jiang3",
    "应届": "ying1 jie4",
    "模板": "mu2 ban3",
    "处理": "chu3 li3",
    "办事处": "ban4 shi4 chu4",
}


@pytest.mark.parametrize(("word", "reading"), READINGS.items(), ids=list(READINGS))
def test_the_reading_is_the_right_one(word: str, reading: str) -> None:
    assert " ".join(syllables(word)) == reading


def test_every_reading_of_the_data_file_fits_its_characters() -> None:
    assert all(len(word) == len(reading) for word, reading in own_words().items())


def test_pauses_are_kept_and_other_signs_left_out() -> None:
    assert espeak_text("好，办《补助》。") == "hao3 , ban4 bu3 zhu4 ."


def test_syllables_that_espeak_reads_in_english_are_given_as_phonemes() -> None:
    assert espeak_text("贫穷") == "pin2 [[tS;hj'ong35]]"
