"""Pictures of the facts, legible in grey print, one file each; the caption and a table say what they show."""

from __future__ import annotations

from poa.charts.control_chart import control_chart
from poa.charts.daily import daily_rate
from poa.charts.ledger_chart import action_ledger
from poa.charts.recovery import recovery
from poa.charts.scorecards import supplier_scorecards
from poa.charts.shares import supplier_shares
from poa.charts.since_notice import since_notice
from poa.charts.steps import delay_steps

__all__ = [
    "action_ledger",
    "control_chart",
    "daily_rate",
    "delay_steps",
    "recovery",
    "since_notice",
    "supplier_scorecards",
    "supplier_shares",
]
