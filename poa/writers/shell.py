"""The look of Word papers as a consultant makes it in Word: what the rooms above need of it.

``read_shell`` gives the look of a file for ``docx.write``, ``problems`` all that is wrong with it as data,
``starter_shell`` one to begin with; ``FIELDS`` are the marks that it may hold, ``in_word`` says the place of a fault as Word shows it. No format of its own.
"""

from poa.writers._shell import Shell, problems, read_shell
from poa.writers._shell_found import ShellProblem, in_word
from poa.writers._shell_marks import FIELDS
from poa.writers._shell_starter import starter_shell

__all__ = ["FIELDS", "Shell", "ShellProblem", "in_word", "problems", "read_shell", "starter_shell"]
