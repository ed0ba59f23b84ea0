"""Letters written as Word files with marks of the template language: what the rooms above need of them.

``read_letter`` opens and cleans one, ``looked_at`` says all that is wrong with it, ``finished`` makes the paper
of what filling gave. No format of its own.
"""

from poa.writers._native import Letter, looked_at, read_letter
from poa.writers._native_done import Printed, finished
from poa.writers._native_marks import Mark
from poa.writers._shell_found import ShellProblem

__all__ = ["Letter", "Mark", "Printed", "ShellProblem", "finished", "looked_at", "read_letter"]
