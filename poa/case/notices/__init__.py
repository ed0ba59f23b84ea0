"""Amazon's notice: what it is about, how far the matter has gone, what it asks, by when and in which tense."""

from poa.case.notices.notice import Deadline, ReadNotice, due_on, notice_data
from poa.case.notices.opening import notice_text
from poa.case.notices.reading import read_notice

__all__ = [
    "Deadline",
    "ReadNotice",
    "due_on",
    "notice_data",
    "notice_text",
    "read_notice",
]
