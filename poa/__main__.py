"""``python -m poa`` is ``poa``."""

from poa.cli import main

main(prog_name="poa")
