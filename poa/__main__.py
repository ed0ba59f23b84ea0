"""``python -m poa`` is ``poa``."""

from poa.cli import main

if __name__ == "__main__":  # a second Python, which makes papers beside this one, imports it by another name
    main(prog_name="poa")
