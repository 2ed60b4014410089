"""Names of employers as people tell them, and what names nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.employers import asks_for_an_employer, read_employer
from backend.one_window.catalogue.delivered import edition

NOBODY = [
    "老板在哪", "老板在哪点", "老板是哪个", "厂里", "没有单位", "原来那家", "单位", "公司", "我们单位", "我们公司", "那家公司",
    "老单位", "之前那家", "以前的单位", "上一家", "原单位", "就是那个厂", "那个厂", "工地", "工地上", "在工地", "店里", "饭店",
    "餐馆", "私人老板", "给私人干", "一个老板", "打零工", "没单位", "没有", "没有公司", "没得单位", "没上班", "自己干", "个体",
    "不清楚叫什么", "忘了叫什么", "叫什么来着", "名字不记得", "单位名字我忘了", "老板姓王", "老板姓什么", "老板不给开", "老板跑了",
    "单位倒闭了", "公司没了", "合同上写的", "营业执照上有", "你查一下", "系统里有", "你们不是能查到吗", "社保上那个", "上次说过了",
    "跟上面一样", "同上", "和之前一样", "那里", "这里", "外面", "外地", "外省", "在昆明", "昆明", "厂子", "酒店", "一家酒店",
    "一个小饭馆", "古城里一家客栈", "客栈", "超市", "超市里", "学校", "在学校", "医院", "银行", "政府", "国企", "私企", "私企吧",
    "民营企业", "个体户", "村委会", "劳务派遣", "派遣公司", "劳务公司", "外包", "中介", "中介介绍的", "朋友介绍的", "家里", "农村",
    "做生意", "开车", "保安", "服务员", "当服务员", "我是保安", "很多家", "好几家", "换了好几个", "不止一家", "两家", "哪一家",
    "哪家", "全称吗", "要全称吗", "全称是什么", "简称行不", "写简称行吗", "一定要全称吗", "必须写全称？", "还没找到", "还没上班",
    "已经离职了", "已经不在那里了", "离职了", "刚离职", "倒闭了", "注销了", "关门了", "保密", "不想说", "不方便", "无", "暂无",
    "没填过", "不详", "某某公司", "某公司", "xx公司", "XX公司", "这家公司", "哪个公司", "什么公司", "单位全称", "公司名称",
    "用人单位", "工作单位", "嗯", "好的", "可以", "是的", "对", "人事知道", "要问人事", "问老板", "老板知道", "我老公知道",
    "老板叫王强", "王老板", "张老板", "老王那里", "老板人呢", "单位名字太长了", "包吃住的", "给人家看店", "我老板是四川人", "客栈，没名字",
    "跟着包工头干", "包工头姓李", "一家浙江人的公司", "建筑公司", "旅游公司", "一个做旅游的公司", "小作坊", "我妈开的店", "没签过合同",
    "被辞退了", "跟上一个老板", "做了5年", "张三的身份证是⟦id:0123456789⟧，电话⟦phone:0123456789⟧", "老板电话13988880000",
]  # fmt: skip
NAMES = [
    "云杉石材", "丽江云杉石材有限公司", "古城酒店", "某某建筑公司", "老王烧烤", "王老板烧烤店", "老板娘米线", "老板家茶馆", "哪里的家常菜馆",
    "在水一方", "在云端客栈", "沃尔玛", "华为", "美团", "顺丰", "中国移动", "丽江古城管委会", "玉龙县第一中学", "丽江市人民医院",
    "建设银行丽江分行", "和记", "一心堂", "老百姓大药房", "同仁堂", "大研花巷", "木府", "阿妈意", "没名字餐厅", "无名小店", "某某银行",
    "外婆家", "外婆味道", "家里人餐厅", "农家院子", "工地之家劳务公司", "昆明铁路局", "外地人餐厅", "丽江机场", "丽江监狱", "云南白药",
    "大理州洱海宾馆", "哈里谷咖啡", "哪吒网咖", "谁家院子客栈", "多少饭馆", "自己人火锅", "好几家连锁超市", "束河街道办", "金安水电站",
    "古城区人社局", "鲜花饼小王子", "秋月堂", "东巴谷", "云岭先锋", "7天酒店", "如家", "三川米业", "金茂", "大港旺宝", "复华",
    "文旅集团", "丽江旅投", "玉水寨", "五中", "农行", "一中", "烟草公司", "供电局", "自来水公司", "县医院", "古城区医院", "联通",
    "邮政", "公交公司", "出租车公司", "环卫站", "南门小吃", "丽江旅游", "妈妈菜", "朋友烧烤", "包子铺", "给力广告", "跟屁虫童装",
    "有间客栈", "被遗忘的时光咖啡", "社保局", "广告人文化", "家家乐超市", "老乡鸡", "问山客栈", "自然村客栈", "没关系酒吧", "叫花鸡饭店",
]  # fmt: skip


@pytest.mark.parametrize("said", NOBODY)
def test_a_question_a_remark_and_a_general_word_name_nobody(said: str) -> None:
    """They are asked again."""
    assert read_employer(said) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_as_it_is(name: str) -> None:
    """Whatever word it begins with or has in it."""
    assert read_employer(name) == name


@given(
    st.sampled_from(
        ["以前在", "我在", "我们是", "单位叫", "公司名称：", "原工作单位是", "叫做", "就是", "写的是", "之前是在"]
    ),
    st.sampled_from(["云杉石材", "古城酒店", "木府", "丽江某某餐饮有限公司", "58同城", "老王烧烤"]),
    st.sampled_from(["", "。", "的", "啊"]),
)
def test_words_around_a_name_are_left_out(lead: str, name: str, tail: str) -> None:
    """What is kept goes onto a form."""
    assert read_employer(lead + name + tail) == name


@given(
    st.sampled_from(["", "我", "以前", "就是", "那个", "一家", "原来的", "我们那个"]),
    st.sampled_from(["单位", "厂", "公司", "酒店", "工地", "店", "学校", "老板"]),
    st.sampled_from(["", "里", "里上班", "里干活的", "那边", "啊", "。"]),
)
def test_general_words_put_together_name_nobody(lead: str, word: str, tail: str) -> None:
    """However they are put together."""
    assert read_employer(lead + word + tail) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("在云杉石材上班", "云杉石材"),
        ("在水一方", "在水一方"),
        ("在云端客栈干过", "云端客栈"),
        ("我在华润干了3年", "华润"),
        ("在束河那边的一个客栈，叫云上人家", "云上人家"),
        ("丽江（古城）酒店", "丽江（古城）酒店"),
    ],
)
def test_a_place_word_belongs_to_the_name_unless_work_follows(said: str, name: str) -> None:
    """「在水一方」 is a hotel."""
    assert read_employer(said) == name


def test_every_form_that_asks_for_an_employer_takes_its_own_example() -> None:
    """And these are the labels."""
    fields = [field for held in edition().items.values() for form in held.item.forms for field in form.fields]
    asked = [field for field in fields if asks_for_an_employer(field.label)]
    assert {field.label for field in asked} == {
        "店铺或公司名称", "单位名称", "用人单位", "被投诉单位名称", "培训机构", "原工作单位", "工作单位", "对方（被申请人）全称",
        "团队或公司名称", "单位", "现在的单位", "工地或单位", "最后的工作单位",
    }  # fmt: skip
    assert [field.id for field in asked if field.example and read_employer(field.example) != field.example] == []
