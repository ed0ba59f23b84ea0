"""What was promised and what was told: the history of weeks, and the actions that are held against it.

Pure functions of the case and of plain numbers: what a week's file holds, whether an action holds.
"""

from poa.ledger.actions import Scope, ledger, wanted_of
from poa.ledger.records import FOLDER, read_record, record_bytes, record_name

__all__ = [
    "FOLDER",
    "Scope",
    "ledger",
    "read_record",
    "record_bytes",
    "record_name",
    "wanted_of",
]
