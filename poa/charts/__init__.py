"""Pictures of the facts, legible in grey print, one file each; the caption and a table say what they show."""

from __future__ import annotations

from poa.charts.daily import daily_rate
from poa.charts.recovery import recovery
from poa.charts.shares import supplier_shares
from poa.charts.steps import delay_steps

__all__ = ["daily_rate", "delay_steps", "recovery", "supplier_shares"]
