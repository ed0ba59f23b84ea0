"""Numbers in words say what a reader of that language reads; names, articles and idioms count nothing."""

from made_figures import all_told, told

from poa.review.number_words import eastern, eastern_digits

ENGLISH = {
    "en": {
        "three orders": "three = 3",
        "Forty-four orders": "Forty-four = 44",
        "twenty nine": "twenty nine = 29",
        "twenty ten": "twenty = 20; ten = 10",
        "forty fifty": "forty = 40; fifty = 50",
        "three four": "three = 3; four = 4",
        "three and forty four": "three = 3; forty four = 44",
        "twenty and two": "twenty = 20; two = 2",
        "three four five": "three = 3; four = 4; five = 5",
        "one four orders": "four = 4",
        "ninety-nine hundred": "ninety-nine hundred = 9900",
        "nineteen hundred": "nineteen hundred = 1900",
        "two hundred": "two hundred = 200",
        "two hundred and three": "two hundred and three = 203",
        "two hundred ten": "two hundred ten = 210",
        "two hundred nineteen": "two hundred nineteen = 219",
        "two hundred and forty-four": "two hundred and forty-four = 244",
        "two hundred thousand": "two hundred thousand = 200000",
        "eleven thousand": "eleven thousand = 11000",
        "ninety thousand": "ninety thousand = 90000",
        "two thousand five": "two thousand five = 2005",
        "two thousand and twelve": "two thousand and twelve = 2012",
        "two thousand and thirty": "two thousand and thirty = 2030",
        "two thousand three hundred four": "two thousand three hundred four = 2304",
        "two million three thousand": "two million three thousand = 2003000",
        "a hundred": "a hundred = 100",
        "a hundred and one": "a hundred and one = 101",
        "a thousand": "a thousand = 1000",
        "a million": "a million = 1000000",
        "a dozen": "a dozen = 12",
        "two dozen": "two dozen = 24",
        "ten dozen orders": "ten dozen = 120",
        "twelve dozen": "twelve dozen = 144",
        "twenty dozen": "twenty dozen = 240",
        "twenty-four dozen": "twenty-four dozen = 288",
        "a hundred dozen": "a hundred dozen = 1200",
        "two thousand ten dozen": "two thousand ten dozen = 24120",
        "two dozen dozen": "two dozen = 24; dozen = 12",
        "two dozen four": "two dozen = 24; four = 4",
        "half a dozen": "half a dozen = 6",
        "thrice": "thrice = 3",
        "ninety-nine thousand nine hundred": "ninety-nine thousand nine hundred = 99900",
        "twice": "twice = 2",
        "two and a half days": "two and a half = 2.5 (1)",
        "two, and a half": "two = 2",
        "two and a halo": "two = 2",
        "four two and a half": "four = 4; two and a half = 2.5 (1)",
        "twenty two and a half": "twenty two and a half = 22.5 (1)",
        "four percent": "four percent = 4%",
        "four per cent": "four per cent = 4%",
        "four percentage points": "four = 4",
        "a four-percentage-point rise": "four = 4",
        "four-percent": "four-percent = 4%",
        "four %": "four % = 4%",
        "two and a half percent": "two and a half percent = 2.5% (1)",
        "zero orders": "zero = 0",
        "one order": "",
        "one percent": "one percent = 1%",
        "one of the 20 orders": "one = 1; 20 = 20",
        "zero tolerance": "",
        "zero tolerances": "zero = 0",
        "ten-four": "ten = 10; four = 4",
        "ten-four orders": "ten = 10; four = 4",
        "of ten four were late": "ten = 10; four = 4",
        "fell from nine to five": "nine = 9; five = 5",
        "nine to five percent": "nine = 9%; five percent = 5%",
        "nine-to-five": "",
    }
}

GERMAN = {
    "de": {
        "drei Bestellungen": "drei = 3",
        "Drei Bestellungen": "Drei = 3",
        "vierundvierzig Stück": "vierundvierzig = 44",
        "einundzwanzig": "einundzwanzig = 21",
        "hundert": "hundert = 100",
        "tausend": "tausend = 1000",
        "hunderteins": "hunderteins = 101",
        "hundertundeins": "hundertundeins = 101",
        "zweihundertvierundvierzig": "zweihundertvierundvierzig = 244",
        "tausendhundert": "tausendhundert = 1100",
        "zweitausend": "zweitausend = 2000",
        "zweitausendunddrei": "zweitausendunddrei = 2003",
        "zweihunderttausend": "zweihunderttausend = 200000",
        "zweitausenddreihundertvier": "zweitausenddreihundertvier = 2304",
        "anderthalb": "anderthalb = 1.5 (1)",
        "eineinhalb": "eineinhalb = 1.5 (1)",
        "dreieinhalb Tage": "dreieinhalb = 3.5 (1)",
        "ein dutzend": "ein dutzend = 12",
        "zwei Dutzend": "zwei Dutzend = 24",
        "zehn Dutzend": "zehn Dutzend = 120",
        "zwölf Dutzend": "zwölf Dutzend = 144",
        "ein halbes Dutzend": "ein halbes Dutzend = 6",
        "vier Prozent": "vier Prozent = 4%",
        "vier Prozentpunkte": "vier = 4",
        "ein Vier-Prozentpunkte-Anstieg": "Vier = 4",
        "das Vier-Prozent-Ziel": "Vier-Prozent = 4%",
        "das Vier-%-Ziel": "Vier-% = 4%",
        "ein vierprozentiger Anstieg": "vierprozentiger = 4%",
        "dreieinhalb Prozent": "dreieinhalb Prozent = 3.5% (1)",
        "eine Bestellung": "",
        "eine von 20 Bestellungen": "eine = 1; 20 = 20",
        "ein Prozent": "ein Prozent = 1%",
        "zweizwei": "",
        "zweiund": "",
        "undzwanzig": "",
        "zweiundsiebenacht": "",
        "hundertzweizwei": "",
        "zweizweihundert": "",
        "null und nichtig": "",
    }
}

NAMES = {
    "en": {
        "from Three Rivers": "",
        "from  Three Rivers": "",
        "A Three Rivers": "",
        "from Three Two rivers": "Two = 2",
        "from Three rivers": "Three = 3",
        "from three Rivers": "three = 3",
        "from THREE Rivers": "THREE = 3",
        "Three Rivers": "Three = 3",
        "late. Three Rivers": "Three = 3",
        "late! Three Rivers": "Three = 3",
        "(Three Rivers)": "Three = 3",
        "| Three Rivers": "Three = 3",
        "• Three Rivers": "Three = 3",
        "late, Three Rivers": "",
        "from Forty-Four Rivers": "",
        "from Three 5": "Three = 3; 5 = 5",
    },
    "de": {
        "bei Drei Tannen": "",
        "bei Drei alten": "",
        "bei drei Tannen": "drei = 3",
        "die Zwei-Tage-Frist": "Zwei = 2",
        "bei Drei-Tannen": "",
        "spät. Drei Tannen": "Drei = 3",
        "a Drei Tannen": "",
    },
}

FAR_EAST = {
    "zh": {
        "四十四笔": "四十四 = 44",
        "两笔": "两 = 2",
        "三笔": "三 = 3",
        "一笔": "",
        "二次": "",
        "上百笔": "",
        "上千笔": "",
        "二百笔": "二百 = 200",
        "第三次": "",
        "几十笔": "",
        "十数笔": "",
        "三五天": "",
        "三十五": "",
        "一百二笔": "一百二 = 120",
        "一万二笔": "一万二 = 12000",
        "一万零二笔": "一万零二 = 10002",
        "一万二千笔": "一万二千 = 12000",
        "一万二千三百四十五笔": "一万二千三百四十五 = 12345",
        "三百万笔": "三百万 = 3000000",
        "百万笔": "",
        "零件": "",
        "十分钟": "十 = 10",
        "十分钟内": "十 = 10",
        "一百分钟": "一百 = 100",
        "五到十分钟": "五 = 5; 十 = 10",
        "十分": "",
        "十分重要": "",
        "十分之内": "",
        "百分比": "",
        "百分点": "",
        "百分钟": "",
        "三到五天": "三 = 3; 五 = 5",
        "三至五天": "三 = 3; 五 = 5",
        "三-五天": "三 = 3; 五 = 5",
        "三–五天": "三 = 3; 五 = 5",
        "三~五天": "三 = 3; 五 = 5",
        "三到五": "",
        "三成": "三成 = 30%",
        "三成五": "三成五 = 35%",
        "三成五笔": "三成 = 30%; 五 = 5",
        "三成功": "",
        "第三成": "",
        "十三成": "",
        "四%": "四% = 4%",
        "一%": "",
        "十%": "十% = 10%",
    },
    "ja": {
        "一件、三件": "三 = 3",
        "四十、三件": "三 = 3",
        "四十四件": "四十四 = 44",
        "二件": "二 = 2",
        "一件": "",
        "百件": "百 = 100",
        "十分間": "十 = 10",
        "百分間": "百 = 100",
        "五〜十分間": "五 = 5; 十 = 10",
        "十分": "",
        "十分な在庫": "",
        "十分間に合う": "",
        "十分間違いなく": "",
        "百分率": "",
        "一百二件": "一百二 = 102",
        "一万二件": "一万二 = 10002",
        "一万二千五件": "一万二千五 = 12005",
        "数十件": "",
        "三から五件": "三 = 3; 五 = 5",
        "三〜五件": "三 = 3; 五 = 5",
        "三割": "三割 = 30%",
        "三割五分": "三割五分 = 35%",
        "三割引": "",
        "三割り": "",
        "三割合": "",
        "三割安": "",
        "三割増": "",
        "三割五件": "三割 = 30%; 五 = 5",
        "四パーセント": "四パーセント = 4%",
        "四 パーセント": "四 パーセント = 4%",
    },
}


def test_english_words_make_one_number_as_long_as_each_goes_on_with_it():
    assert all_told(ENGLISH) == ENGLISH


def test_words_whose_scale_does_not_fall_are_no_single_number():
    for text in ("two thousand three million", "two hundred three hundred", "six thousand million"):
        assert "; " in told(text, "en")


def test_a_german_word_is_a_number_when_all_of_its_parts_are():
    assert all_told(GERMAN) == GERMAN


def test_a_capital_amid_a_sentence_makes_a_name_of_a_number():
    assert all_told(NAMES) == NAMES


def test_a_numeral_counts_what_has_a_counter_behind_it():
    assert all_told(FAR_EAST) == FAR_EAST


NUMERALS = {
    "〇": 0,
    "零": 0,
    "三": 3,
    "两": 2,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "二十五": 25,
    "百": 100,
    "一百零五": 105,
    "一百〇五": 105,
    "一百二": 102,
    "三千零五": 3005,
    "三千二百四十五": 3245,
    "一万": 10000,
    "十万": 100000,
    "一万二千": 12000,
    "一万二": 10002,
    "二〇二六": 2026,
    "一〇": 10,
    "一二三": 123,
    "三五": None,
    "十三五": None,
    "三五万": None,
    "一万三五": None,
    "万": None,
    "": None,
}


def test_a_numeral_is_a_number_or_none():
    assert {numeral: eastern(numeral) for numeral in NUMERALS} == NUMERALS


UNSAID = {
    "一百二": 120,
    "两百五": 250,
    "一千二": 1200,
    "三千五": 3500,
    "一万二": 12000,
    "十万五": 105000,
    "一万二千五": 12500,
    "一万二百五": 10250,
    "一万零二": 10002,
    "一万〇二": 10002,
    "一万十": 10010,
    "一万零五十": 10050,
    "一千零五": 1005,
    "一万": 10000,
    "百二": 102,
    "十二": 12,
    "二十五": 25,
    "一百二十": 120,
    "三千零五": 3005,
    "一百零五": 105,
}


def test_chinese_leaves_the_last_unit_of_a_numeral_unsaid():
    assert {numeral: eastern(numeral, colloquial=True) for numeral in UNSAID} == UNSAID


def test_numerals_sign_by_sign_are_digits():
    assert eastern_digits("五九") == "59"
    assert eastern_digits("零〇两点八") == "0028"
