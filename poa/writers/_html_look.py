"""The look of our papers in a browser, on screen and on paper: that of our Word files.

Sizes are Word's own (``_word_styles``): 10.5 pt words, titles of 17, 13, 11.5 and 10.5 pt, edges of 2.2 cm.
"""

from __future__ import annotations

from poa.languages import LANGUAGES

_CHINESE = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"'
_JAPANESE = '"Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans"'


def tag(language: str) -> str:
    """The language as HTML names it."""
    known = LANGUAGES.get(language)
    # Without a country, browsers choose between Chinese and Japanese forms of a sign.
    return known.tag if known and known.script == "simplified_chinese" else language


def draft_word(language: str) -> str:
    """The word that stands over a draft."""
    return LANGUAGES.get(language.split("-", maxsplit=1)[0], LANGUAGES["en"]).draft


def look(language: str, *, draft: bool) -> str:
    """The style sheet; a draft says so on each printed page, also where its first page is lost."""
    size, width = ("letter", "8.5in") if language in {"en", "en-US"} else ("A4", "210mm")
    known = LANGUAGES.get(language.split("-", maxsplit=1)[0])
    # Where no language says which forms are wanted, names of suppliers are most often Chinese.
    both = (_JAPANESE, _CHINESE) if known and known.script == "japanese" else (_CHINESE, _JAPANESE)
    asian = ", ".join(both)
    mark = f'@top-right {{ content: "{draft_word(language)}"; color: #B42318; font: bold 9pt Arial }}'
    page = f"@page {{ size: {size}; margin: 2.2cm; {mark if draft else ''}\n{_PAGE_NUMBER} }}"
    fonts = f'font-family: Arial, "Liberation Sans", Helvetica, {asian}, sans-serif'
    return f"{page}\nbody {{ {fonts} }}\nmain {{ max-width: calc({width} - 4.4cm) }}\n{_LOOK}"


_PAGE_NUMBER = (
    '@bottom-center { content: counter(page) " / " counter(pages); color: #6B7280; font: 8pt Arial }'
)
_LOOK = """
html { background: #ECEEF0; -webkit-text-size-adjust: 100% }
body { margin: 0; color: #1F2328; font-size: 10.5pt; line-height: 1.3 }
main { box-sizing: content-box; margin: 1.5rem auto; padding: 2.2cm; background: #FFF; box-shadow: 0 1px 4px #0003 }
h1, h2, h3, h4, p, th, td { white-space: pre-wrap; overflow-wrap: anywhere }
h1, h2, h3, h4 { line-height: 1.15; break-after: avoid; scroll-margin-top: 1rem }
h1 { font-size: 17pt; margin: 0 0 8pt }
h2 { font-size: 13pt; margin: 12pt 0 4pt }
h3 { font-size: 11.5pt; margin: 9pt 0 3pt }
h4 { font-size: 10.5pt; margin: 7pt 0 2pt }
p { margin: 0 0 6pt; orphans: 2; widows: 2 }
ul, ol { margin: 0 0 6pt; padding-left: 0.75cm }
li > p, li > ul, li > ol { margin-bottom: 4pt }
ul { list-style: disc }
ul ul { list-style: circle }
blockquote { margin: 0 0 6pt 0.75cm; padding-left: 10pt; border-left: 2.25pt solid #BFC4CA; color: #5B6270 }
hr { margin: 6pt 0 8pt; border: 0; border-top: 0.75pt solid #BFC4CA }
table { width: 100%; margin: 0 0 8pt; border-collapse: collapse; font-size: 9pt; line-height: 1.2 }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { padding: 2.5pt 4.25pt; border: 0.5pt solid #BFC4CA; text-align: left; vertical-align: top }
thead th, thead td { background: #EEF0F2 }
.center { text-align: center }
.right { text-align: right }
.picture { margin: 6pt 0 3pt; break-after: avoid; break-inside: avoid }
img { display: block; max-width: 100%; height: auto }
.page-break { margin: 12pt 0; border-top: 0.75pt dashed #BFC4CA }
.draft { margin: 0 0 6pt; text-align: right; color: #B42318; font-size: 9pt; font-weight: bold }
a { color: #1F4E99 }
code { font-family: Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: 0.95em }
mark { background: #FFF176; color: inherit; font-weight: bold; unicode-bidi: isolate }
[data-fact] { unicode-bidi: isolate }
@media (max-width: 50rem) { main { margin: 0; padding: 1rem; box-shadow: none; max-width: none } }
@media print {
  html { background: none }
  main { margin: 0; padding: 0; max-width: none; box-shadow: none }
  img { max-height: 22cm; width: auto }
  mark { -webkit-print-color-adjust: exact; print-color-adjust: exact }
  .page-break { margin: 0; border: 0; break-after: page }
}
"""
