"""``python -m poa`` is ``poa``."""

from poa.cli.program import program

if __name__ == "__main__":  # a second Python, which makes papers beside this one, imports it by another name
    program()
