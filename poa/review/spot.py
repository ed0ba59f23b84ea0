"""The very words of a sentence that a pattern found, so that a finding points at them and not at the whole sentence."""

from __future__ import annotations

import re

from poa.review.sentences import Sentence, plain


def spot(sentence: Sentence, match: re.Match[str]) -> Sentence:
    """The words that a match in the plain sentence stands for; the sentence itself where they cannot be told apart."""
    return spotted(sentence, match.start(), match.end())


def spotted(sentence: Sentence, start: int, end: int) -> Sentence:
    """The same for a place in the plain sentence."""
    text = sentence.text
    words = plain(text)[start:end].strip()
    if not words:
        return sentence
    at = text.casefold().find(words)
    if len(text.casefold()) != len(text) or at < 0 or text.casefold().find(words, at + 1) >= 0:
        return sentence  # folding moved the signs, or the words stand there twice
    return Sentence(line=sentence.line, start=sentence.start + at, text=text[at : at + len(words)])
