"""Where the one-file build begins: as poa, or as one of the processes that poa starts of itself."""

import multiprocessing
import sys

from poa.files import inside

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that makes papers beside this one ends here
    if sys.argv[1:2] == [inside.ASKED]:
        inside.begin(sys.argv[2])
    else:
        from poa.cli.program import program

        program()
