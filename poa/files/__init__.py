"""The only door to the disk: read what was handed in, write all of a run's papers or none."""

from poa.files.alone import alone_in
from poa.files.carried import hash_of, laid_out, packed, sweep
from poa.files.cases import append_line, files_in, free_name, plain_name, remove_files, replace_file
from poa.files.inputs import InputFile, as_input, open_input, open_inputs, read
from poa.files.papers import (
    bundled,
    bundled_packs,
    edited_since,
    provenance_of,
    read_folder,
    read_texts,
    safe_name,
)
from poa.files.written import check_absent, check_new, check_output, save_new, write_folder

__all__ = [
    "InputFile",
    "alone_in",
    "append_line",
    "as_input",
    "bundled",
    "bundled_packs",
    "check_absent",
    "check_new",
    "check_output",
    "edited_since",
    "files_in",
    "free_name",
    "hash_of",
    "laid_out",
    "open_input",
    "open_inputs",
    "packed",
    "plain_name",
    "provenance_of",
    "read",
    "read_folder",
    "read_texts",
    "remove_files",
    "replace_file",
    "safe_name",
    "save_new",
    "sweep",
    "write_folder",
]
