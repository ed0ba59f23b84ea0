"""What only the seller can say: who, when noticed, why, what was done, what is done from now on.

A case folder holds it (``case.toml``, ``inputs/``, ``evidence/``, the journal); what is missing becomes a
question in the draft, word for word, and a final paper does not exist while one is open.
"""

from poa.case.followed import action_names
from poa.case.graph import Exhibit, Linked, check_evidence, exhibits, links
from poa.case.model import Case, Cause, Corrective, Preventive
from poa.case.questions import QUESTIONS, Open, open_points, open_questions
from poa.case.reading import dated, faults_in, read_case
from poa.case.telling import statements, template_data

__all__ = [
    "QUESTIONS",
    "Case",
    "Cause",
    "Corrective",
    "Exhibit",
    "Linked",
    "Open",
    "Preventive",
    "action_names",
    "check_evidence",
    "dated",
    "exhibits",
    "faults_in",
    "links",
    "open_points",
    "open_questions",
    "read_case",
    "statements",
    "template_data",
]
