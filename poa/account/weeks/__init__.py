"""An account week by week: its files read once, and looked at as the end of each week knew them."""

from poa.account.weeks.seen import AccountWeeks, open_weeks
from poa.account.weeks.since import since
from poa.account.weeks.telling import Draw, Told, tell_week
from poa.account.weeks.weekly import Promised

__all__ = ["AccountWeeks", "Draw", "Promised", "Told", "open_weeks", "since", "tell_week"]
