"""What was promised and what was told: the history of weeks, and the actions that are held against it.

Pure functions of the case and of plain numbers: which week an incident was first told in, whether an action holds.
"""

from poa.ledger.actions import Scope, ledger, wanted_of
from poa.ledger.courses import told_before
from poa.ledger.records import FOLDER, read_record, record_bytes, record_name

__all__ = [
    "FOLDER",
    "Scope",
    "ledger",
    "read_record",
    "record_bytes",
    "record_name",
    "told_before",
    "wanted_of",
]
