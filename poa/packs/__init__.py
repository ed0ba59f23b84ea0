"""A folder of templates and phrases is a pack; a pack and the facts make a paper's Markdown.

Packs may come from strangers. Nothing here reads the disk or runs a pack's code: the template
language is cut down to a short list, sees plain data only, and what it may take is counted.
"""

from poa.packs.environment import compile_ahead
from poa.packs.filling import faults, fill, given
from poa.packs.pack import Pack, missing_phrases, open_pack

__all__ = ["Pack", "compile_ahead", "faults", "fill", "given", "missing_phrases", "open_pack"]
