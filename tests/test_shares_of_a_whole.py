"""A share of a whole is less than it; of a hundred or a thousand parts it is a percentage."""

import pytest
from made_figures import each_told

SAID = {
    "en": {
        "two thirds of": "two thirds = 2/3",
        "three quarters": "three quarters = 3/4",
        "seven tenths": "seven tenths = 7/10",
        "three thirds": "three = 3",
        "four thirds": "four = 4",
        "half of the orders": "half = 1/2",
        "every fifth order": "every fifth  = 1/5",
    },
    "de": {
        "zwei Drittel": "zwei Drittel = 2/3",
        "fünf Achtel": "fünf Achtel = 5/8",
        "drei drittel": "drei = 3",
        "ein Viertel": "ein Viertel = 1/4",
    },
}

SIGNS = {
    "en": {
        "½ of": "½ = 1/2",
        "⅓ of": "⅓ = 1/3",
        "⅔ of": "⅔ = 2/3",
        "¼ of": "¼ = 1/4",
        "¾ of": "¾ = 3/4",
        "⅕ of": "⅕ = 1/5",
        "⅖ of": "⅖ = 2/5",
        "⅗ of": "⅗ = 3/5",
        "2½ of": "2½ = 2.5 (2)",
        "1/3 of": "1/3 = 1/3",
        "9/10 of": "9/10 = 9/10",
        "1/9 of": "1/9 = 1/9",
        "1/2 orders": "1 = 1; 2 = 2",
        "1/11 of": "1 = 1; 11 = 11",
        "3/3 of": "3 = 3; 3 = 3",
        "4/3 of": "4 = 4; 3 = 3",
        "0/3 of": "0 = 0; 3 = 3",
        "11/13 of": "11 = 11; 13 = 13",
        "1.1/3 of": "1.1 = 1.1 (1); 3 = 3",
        "1/3 often": "1 = 1; 3 = 3",
    },
    "de": {
        "1/3 der": "1/3 = 1/3",
        "1/3 von": "1/3 = 1/3",
        "1/3 aller": "1/3 = 1/3",
        "1/3 unserer": "1/3 = 1/3",
    },
    "zh": {"1/3的订单": "1/3 = 1/3"},
    "ja": {"1/3の注文": "1/3 = 1/3"},
}

ONE_IN = {
    "en": {
        "1 in 4": "1 in 4 = 1/4",
        "1 in 4 orders": "1 in 4 = 1/4",
        "1 in every 4": "1 in every 4 = 1/4",
        "1 out of 4": "1 out of 4 = 1/4",
        "1 out of every 4": "1 out of every 4 = 1/4",
        "1 in 1000": "1 in 1000 = 1/1000",
        "1 in 2": "1 in 2 = 1/2",
        "1 in 1": "1 = 1; 1 = 1",
        "1 in 0": "1 = 1; 0 = 0",
        "1 in 12345": "1 = 1; 12345 = 12345",
        "1 in 4,5": "1 = 1; 4,5 = 4.5 (1)",
        "1 in 4days": "1 = 1; 4 = 4",
        "x1 in 4": "x1 = #x1; 4 = 4",
        "1 in 4.5": "1 = 1; 4.5 = 4.5 (1)",
        "11 in 4": "11 = 11; 4 = 4",
        "1.1 in 4": "1.1 = 1.1 (1); 4 = 4",
        "1 in 4 day": "1 = 1; 4 = 4",
        "1 in 4 days": "1 = 1; 4 = 4",
        "1 in 4 hours": "1 = 1; 4 = 4",
        "1 in 4 weeks": "1 = 1; 4 = 4",
        "1 in 4 minutes": "1 = 1; 4 = 4",
        "1 in 4 %": "1 = 1; 4 % = 4%",
        "1 in 44 days": "1 = 1; 44 = 44",
        "1 of 4": "1 of 4 = 1/4",
        "1 of every 4": "1 of every 4 = 1/4",
        "1 of 10": "1 of 10 = 1/10",
        "1 of 11": "1 = 1; 11 = 11",
        "1 of 100": "1 = 1; 100 = 100",
        "1 of 1": "1 = 1; 1 = 1",
        "1 of 4.5": "1 = 1; 4.5 = 4.5 (1)",
        "21 of 4": "21 = 21; 4 = 4",
        "1 of 4 the": "1 = 1; 4 = 4",
        "1 of 4 our": "1 = 1; 4 = 4",
        "1 of 4 theirs": "1 of 4 = 1/4",
    },
    "de": {
        "1 von je 4": "1 von je 4 = 1/4",
        "1 aus 4": "1 aus 4 = 1/4",
        "1 von 4": "1 von 4 = 1/4",
        "1 von 4 bis": "1 = 1; 4 = 4",
        "1 von 4 von": "1 = 1; 4 = 4",
        "1 aus 4 Tagen": "1 = 1; 4 = 4",
        "1 aus 4 Stunden": "1 = 1; 4 = 4",
    },
}

EAST = {
    "zh": {
        "三分之二": "三分之二 = 2/3",
        "3分之2": "3分之2 = 2/3",
        "3分之 2": "3分之 2 = 2/3",
        "三分之零": "",
        "零分之三": "",
        "三五分之二": "",
        "2.5分之1": "2.5 = 2.5 (1); 1 = 1",
        "3分之1.5": "3 = 3; 1.5 = 1.5 (1)",
        "百分之四": "百分之四 = 4%",
        "百分之四点五": "百分之四点五 = 4.5% (1)",
        "百分之四点二五": "百分之四点二五 = 4.25% (2)",
        "百分之4.5": "百分之4.5 = 4.5% (1)",
        "百分之零": "百分之零 = 0%",
        "百分之三五": "",
        "千分之四": "千分之四 = 0.4% (1)",
        "千分之四点五": "千分之四点五 = 0.45% (2)",
        "100分之4": "100分之4 = 4%",
        "一百分之四": "一百分之四 = 4%",
        "1000分之4": "1000分之4 = 0.4% (1)",
        "百分百，百分之四": "百分百 = 100%; 百分之四 = 4%",
        "百分百": "百分百 = 100%",
        "百分之三到五": "百分之三 = 3%; 五 = 5%",
        "百分之三至五": "百分之三 = 3%; 五 = 5%",
        "百分之3-5": "百分之3 = 3%; 5 = 5%",
        "百分之3–5": "百分之3 = 3%; 5 = 5%",
        "百分之3~5": "百分之3 = 3%; 5 = 5%",
        "百分之3〜5": "百分之3 = 3%; 5 = 5%",
        "百分之3-5天": "百分之3 = 3%; 5 = 5",
        "三分之一到二": "三分之一 = 1/3",
        "第三分之二": "",
        "每5笔订单中就有1笔": "每5笔订单中就有1笔 = 1/5",
        "每隔5个包裹有一个": "每隔5个包裹有一个 = 1/5",
        "每十笔有一笔": "每十笔有一笔 = 1/10",
        "每5笔自配送的订单里面便有1笔": "每5笔自配送的订单里面便有1笔 = 1/5",
        "每5件之中有1件": "每5件之中有1件 = 1/5",
        "每5件中有1件": "每5件中有1件 = 1/5",
        "每5包裹有1件": "5 = 5; 1 = 1",
        "每5个的包裹就有一个": "每5个的包裹就有一个 = 1/5",
        "每5件当中有1件": "每5件当中有1件 = 1/5",
        "每5单里有1单": "每5单里有1单 = 1/5",
        "每5笔有2笔": "5 = 5; 2 = 2",
        "每1笔有1笔": "1 = 1; 1 = 1",
        "每0笔有1笔": "0 = 0; 1 = 1",
        "每三五笔有1笔": "1 = 1",
    },
    "ja": {
        "3分の1": "3分の1 = 1/3",
        "三分の一": "三分の一 = 1/3",
        "100分の4": "100分の4 = 4%",
        "5件に1件": "5件に1件 = 1/5",
        "十人に一人": "十人に一人 = 1/10",
        "5件の注文に1件": "5件の注文に1件 = 1/5",
        "5件中に1件": "5件中に1件 = 1/5",
        "5件のうちに1件": "5件のうちに1件 = 1/5",
        "1件に1件": "1 = 1; 1 = 1",
        "1.5件に1件": "1.5 = 1.5 (1); 1 = 1",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_a_share_in_words_is_less_than_the_whole(language):
    assert each_told(SAID[language], language) == SAID[language]


@pytest.mark.parametrize("language", SIGNS)
def test_a_share_in_signs_is_one_where_it_says_of_what(language):
    assert each_told(SIGNS[language], language) == SIGNS[language]


@pytest.mark.parametrize("language", ONE_IN)
def test_one_in_so_many_is_a_share_unless_they_are_a_measure(language):
    assert each_told(ONE_IN[language], language) == ONE_IN[language]


@pytest.mark.parametrize("language", EAST)
def test_parts_of_a_hundred_or_a_thousand_are_percentages_and_others_are_shares(language):
    assert each_told(EAST[language], language) == EAST[language]
