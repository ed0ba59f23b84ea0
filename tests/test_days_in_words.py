"""Days whose month is a word or a sign are read whole, in ranges and in lists; verbs and counts are no days."""

import pytest
from made_figures import each_told

EAST = {
    "zh": {
        "2026年10月2日": "2026年10月2日 = 2026-10-02",
        "2026 年 10 月 2 日": "2026 年 10 月 2 日 = 2026-10-02",
        "26年10月2日": "26年10月2日 = 2026-10-02",
        "10月2日": "10月2日 = --10-02",
        "10月2号": "10月2号 = --10-02",
        "10月2號": "10月2號 = --10-02",
        "2026年10月": "2026年10月 = 2026-10",
        "10月": "10月 = --10",
        "于10月": "10月 = --10",
        "二〇二六年十月二日": "二〇二六年十月二日 = 2026-10-02",
        "二〇二六 年 十一 月 二十三 日": "二〇二六 年 十一 月 二十三 日 = 2026-11-23",
        "十月二日": "十月二日 = --10-02",
        "十一月十二日": "十一月十二日 = --11-12",
        "十月": "",
        "二十月二日": "",
        "第十月二日": "",
        "10月间": "10 = 10",
        "10月額": "10 = 10",
        "10月次": "10 = 10",
        "13月2日": "13 = 13; 2 = 2",
        "10月32日": "10月 = --10; 32 = 32",
        "10月2日间": "10月 = --10; 2 = 2",
        "110月2日": "110 = 110; 2 = 2",
        "1.10月2日": "1.10 = 1.1 (2); 2 = 2",
        "12026年10月2日": "12026 = 12026; 10月2日 = --10-02",
        "10月2日至31日": "10月2日 = --10-02; 31日 = --10-31",
        "10月2日到31日": "10月2日 = --10-02; 31日 = --10-31",
        "2026年10月2日至31日": "2026年10月2日 = 2026-10-02; 31日 = 2026-10-31",
        "2026年10月2日至11月3日": "2026年10月2日 = 2026-10-02; 11月3日 = 2026-11-03",
        "10月2至31日": "10月2 = --10-02; 31日 = --10-31",
        "10月2到3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2〜3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2~3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2-3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2–3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2—3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2、3日": "10月2 = --10-02; 3日 = --10-03",
        "10月2、3两日": "10月2 = --10-02; 3两日 = --10-03",
        "2026年10月2、3日和5日": "2026年10月2 = 2026-10-02; 3日 = 2026-10-03; 5日 = 2026-10-05",
        "9月2至31日": "9 = 9; 2 = 2; 31 = 31",
        "9月2日至31日": "9月2日 = --09-02; 31 = 31",
        "10月2日和5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日及5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日与5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日、3日、4日": "10月2日 = --10-02; 3日 = --10-03; 4日 = --10-04",
        "10月2日、5日内": "10月2日 = --10-02; 5 = 5",
        "10月2日、5日后": "10月2日 = --10-02; 5 = 5",
        "10月2日、5日以内": "10月2日 = --10-02; 5 = 5",
        "10月1日、2日、3日、4日、5日、6日、7日": (
            "10月1日 = --10-01; 2日 = --10-02; 3日 = --10-03; 4日 = --10-04; 5日 = --10-05; 6日 = --10-06; "
            "7日 = --10-07"
        ),
    },
    "ja": {
        "令和8年10月2日": "令和8年10月2日 = 2026-10-02",
        "令和元年5月1日": "令和元年5月1日 = 2019-05-01",
        "令和 12 年 10 月 2 日": "令和 12 年 10 月 2 日 = 2030-10-02",
        "10月2日から5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日〜5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日~5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日-5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日–5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日—5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日と5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日・5日": "10月2日 = --10-02; 5日 = --10-05",
        "10月2日、5日間": "10月2日 = --10-02; 5 = 5",
        "10月2日、5日ごと": "10月2日 = --10-02; 5 = 5",
        "10月2日、5日おき": "10月2日 = --10-02; 5 = 5",
        "10月2日、5日目": "10月2日 = --10-02; 5 = 5",
    },
}

DAY_FIRST = {
    "en": {
        "2 November 2026": "2 November 2026 = 2026-11-02",
        "2nd November 2026": "2nd November 2026 = 2026-11-02",
        "1st November": "1st November = --11-01",
        "3rd Nov. 2026": "3rd Nov. 2026 = 2026-11-03",
        "4th of November, 2026": "4th of November, 2026 = 2026-11-04",
        "4th day of November 2026": "4th day of November 2026 = 2026-11-04",
        "2 November 1999": "2 November 1999 = 1999-11-02",
        "2 November 1899": "2 November = --11-02; 1899 = 1899",
        "2-Nov-2026": "2-Nov-2026 = 2026-11-02",
        "2-Nov-26": "2-Nov-26 = 2026-11-02",
        "2 Sept 2026": "2 Sept 2026 = 2026-09-02",
        "2. November 2026": "2. November 2026 = 2026-11-02",
        "2. November": "2 = 2",
        "31 November 2026": "31 = 31; November 2026 = 2026-11",
        "112 November 2026": "112 = 112; November 2026 = 2026-11",
        "1.2 November 2026": "1.2 = 1.2 (1); November 2026 = 2026-11",
        "1/2 November 2026": "1 = 2026-11-01; 2 November 2026 = 2026-11-02",
        "x/2 November 2026": "x/2 = #x/2; November 2026 = 2026-11",
        "2 November 20261": "2 November = --11-02; 20261 = 20261",
        "2-Nov-261": "2-Nov = --11-02; 261 = 261",
        "2:2 November": "2 = 2; 2 = 2",
        "1st, 2nd, 3rd and 4th October": ("1 = --10-01; 2 = --10-02; 3 = --10-03; 4th October = --10-04"),
        "2 Novembers": "2 = 2",
        "2 may 2026": "2 = 2; 2026 = 2026",
        "2 May 2026": "2 May 2026 = 2026-05-02",
        "2 march": "2 = 2",
        "2 March": "2 March = --03-02",
        "2 mar 2026": "2 = 2; 2026 = 2026",
        "2 june 2026": "2 june 2026 = 2026-06-02",
        "2 to 31 October 2026": "2 = 2026-10-02; 31 October 2026 = 2026-10-31",
        "2nd to 31st October": "2 = --10-02; 31st October = --10-31",
        "on 2 and 3 October": "2 = --10-02; 3 October = --10-03",
        "2, 3 and 4 October 2026": "2 = 2026-10-02; 3 = 2026-10-03; 4 October 2026 = 2026-10-04",
        "1, 2, 3, 4, 5 and 6 October": (
            "1 = --10-01; 2 = --10-02; 3 = --10-03; 4 = --10-04; 5 = --10-05; 6 October = --10-06"
        ),
        "31 to 2 October": "31 = 31; 2 October = --10-02",
        "2 to 2 October": "2 = 2; 2 October = --10-02",
        "4, 3 and 5 October": "4 = 4; 3 = 3; 5 October = --10-05",
        "0 to 2 October": "0 = 0; 2 October = --10-02",
    },
    "de": {
        "2. November 2026": "2. November 2026 = 2026-11-02",
        "am 2. November": "2. November = --11-02",
        "2. März 2026": "2. März 2026 = 2026-03-02",
        "2. Maerz 2026": "2. Maerz 2026 = 2026-03-02",
        "2. bis 31. Oktober 2026": "2. = 2026-10-02; 31. Oktober 2026 = 2026-10-31",
        "2., 3. und 4. Oktober": "2. = --10-02; 3. = --10-03; 4. Oktober = --10-04",
    },
}

MONTH_FIRST = {
    "en": {
        "November 2, 2026": "November 2, 2026 = 2026-11-02",
        "November 2 2026": "November 2 2026 = 2026-11-02",
        "Nov. 2nd, 2026": "Nov. 2nd, 2026 = 2026-11-02",
        "November 1st": "November 1st = --11-01",
        "Nov-02-2026": "Nov-02-2026 = 2026-11-02",
        "On November 22 we": "November 22 = --11-22",
        "November 31, 2026": "31 = 31; 2026 = 2026",
        "November 2nd": "November 2nd = --11-02",
        "November 3rd": "November 3rd = --11-03",
        "November 4th": "November 4th = --11-04",
        "November 2ndary": "2ndary = #2ndary",
        "November 2:30": "2:30 = 02:30",
        "November 2,5": "2,5 = 2.5 (1)",
        "November 2%": "2% = 2%",
        "November 2, then": "November 2 = --11-02",
        "-November 2": "2 = 2",
        "Nov-02": "Nov-02 = #nov-02",
        "November 2, 1899": "November 2 = --11-02; 1899 = 1899",
        "November 2, 20261": "November 2 = --11-02; 20261 = 20261",
        "Im October 22 were late": "22 = 22",
        "October 1st, 2nd, 3rd to 4th": ("October 1 = --10-01; 2 = --10-02; 3 = --10-03; 4th = --10-04"),
        "October 2 to 5.5": "October 2 = --10-02; 5.5 = 5.5 (1)",
        "October 2 to 50": "October 2 = --10-02; 50 = 50",
        "October 2, 3.5": "October 2 = --10-02; 3.5 = 3.5 (1)",
        "November 2.5": "2.5 = 2.5 (1)",
        "November 2 %": "2 % = 2%",
        "November 2x": "2 = 2",
        "November 222": "222 = 222",
        "xNovember 2": "2 = 2",
        "may 2": "2 = 2",
        "May 2": "May 2 = --05-02",
        "we march 2 km": "2 = 2",
        "October 22 orders were late": "22 = 22",
        "October 22, 2026 orders": "October 22, 2026 = 2026-10-22",
        "In October 22 were late": "22 = 22",
        "During October 22 were late": "22 = 22",
        "For October 22 were late": "22 = 22",
        "Throughout October 22 were late": "22 = 22",
        "Within October 22 we": "October 22 = --10-22",
        "In October 22, 2026": "October 22, 2026 = 2026-10-22",
        "October 2 to 31, 2026": "October 2 = 2026-10-02; 31, 2026 = 2026-10-31",
        "October 2 to 31": "October 2 = --10-02; 31 = --10-31",
        "October 2, 3 and 4, 2026": "October 2 = 2026-10-02; 3 = 2026-10-03; 4, 2026 = 2026-10-04",
        "October 31 to 2, 2026": "October 31 = 2026-10-31; 2 = 2; 2026 = 2026",
        "October 2 to 2, 2026": "October 2 = 2026-10-02; 2 = 2; 2026 = 2026",
        "February 2 to 30, 2026": "February 2 = 2026-02-02; 30 = 30; 2026 = 2026",
        "February 2, 30 and 31, 2026": "February 2 = 2026-02-02; 30 = 30; 31 = 31; 2026 = 2026",
        "October 2 to 5 %": "October 2 = --10-02; 5 % = 5%",
    },
    "de": {
        "Oktober 22 waren": "22 = 22",
        "Im Oktober 22 waren": "22 = 22",
        "Oktober 22, 2026": "Oktober 22, 2026 = 2026-10-22",
    },
    "zh": {"October 22 orders": "October 22 = --10-22", "In October 22": "22 = 22"},
}

MONTH_ONLY = {
    "en": {
        "November 2026": "November 2026 = 2026-11",
        "November, 2026": "November, 2026 = 2026-11",
        "November of 2026": "November of 2026 = 2026-11",
        "Nov. 2026": "Nov. 2026 = 2026-11",
        "Nov-2026": "Nov-2026 = 2026-11",
        "November 1899": "1899 = 1899",
        "November 20261": "20261 = 20261",
        "xNovember 2026": "2026 = 2026",
        "May 2026": "May 2026 = 2026-05",
        "may 2026": "2026 = 2026",
        "november 2026": "november 2026 = 2026-11",
    },
    "de": {"November des Jahres 2026": "November des Jahres 2026 = 2026-11"},
}


@pytest.mark.parametrize("language", EAST)
def test_a_day_is_read_around_the_sign_of_its_month(language):
    assert each_told(EAST[language], language) == EAST[language]


@pytest.mark.parametrize("language", DAY_FIRST)
def test_a_day_before_its_month_is_read_with_those_that_rise_up_to_it(language):
    assert each_told(DAY_FIRST[language], language) == DAY_FIRST[language]


@pytest.mark.parametrize("language", MONTH_FIRST)
def test_a_day_behind_its_month_is_read_unless_it_counts_something(language):
    assert each_told(MONTH_FIRST[language], language) == MONTH_FIRST[language]


@pytest.mark.parametrize("language", MONTH_ONLY)
def test_a_month_with_its_year_lacks_its_day(language):
    assert each_told(MONTH_ONLY[language], language) == MONTH_ONLY[language]
