"""The settings of a shell, written new: those that shape its pages are taken over, all else is ours."""

from __future__ import annotations

import re
from typing import Any

from poa.writers._shell_found import Found
from poa.writers._shell_kinds import ACTIVE, REMEDIES
from poa.writers._shell_package import Part
from poa.writers._shell_xml import W, name_of, own

# In the order that Word wants; of each, the attributes that may stay.
_KEPT = {
    "w:mirrorMargins": ("val",),
    "w:gutterAtTop": ("val",),
    "w:defaultTabStop": ("val",),
    "w:autoHyphenation": ("val",),
    "w:consecutiveHyphenLimit": ("val",),
    "w:hyphenationZone": ("val",),
    "w:doNotHyphenateCaps": ("val",),
    "w:evenAndOddHeaders": ("val",),
    "w:characterSpacingControl": ("val",),
    "w:compat": (),
    "w:themeFontLang": ("val", "eastAsia", "bidi"),
    "w:clrSchemeMapping": (
        *("bg1", "t1", "bg2", "t2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"),
        *("hyperlink", "followedHyperlink"),
    ),
    "w:decimalSymbol": ("val",),
    "w:listSeparator": ("val",),
}
_USUAL = {
    "w:defaultTabStop": '<w:defaultTabStop w:val="720"/>',
    "w:characterSpacingControl": '<w:characterSpacingControl w:val="doNotCompress"/>',
    "w:decimalSymbol": '<w:decimalSymbol w:val="."/>',
    "w:listSeparator": '<w:listSeparator w:val=","/>',
}
_WORD = "http://schemas.microsoft.com/office/word"
_VALUE = re.compile(r"[A-Za-z0-9.,;-]{1,20}", re.ASCII)
_ACTIVE = {
    "w:attachedTemplate": "attachedTemplate",
    "w:mailMerge": "mailMergeSource",
}  # as kinds of relations


def settings(part: Part | None, found: Found) -> Any:
    """The settings for the shell's papers; adds a problem for each that would act."""
    theirs = {name_of(one.tag): one for one in (part.root if part else ())}
    for name, kind in _ACTIVE.items():
        if name in theirs and part:
            code, what = ACTIVE[kind]
            found.add(code, f"It holds {what} (<{name}>).", REMEDIES[code], part=part.name)
    written = ['<w:zoom w:percent="100"/>']
    for name, attributes in _KEPT.items():
        if name == "w:compat":
            written.append(f"<w:compat>{_compatible(theirs.get(name))}</w:compat>")
        elif name in theirs:
            said = ((key, theirs[name].get(f"{W}{key}", "")) for key in attributes)
            kept = "".join(f' w:{key}="{value}"' for key, value in said if _VALUE.fullmatch(value))
            written.append(f"<{name}{kept}/>")
        else:
            written.append(_USUAL.get(name, ""))
    return own("settings", "".join(written))


def _compatible(theirs: Any | None) -> str:
    """As which Word's the file is laid out; without a mode Word would take it for an old one."""
    modes = {"compatibilityMode": "15"}
    for one in () if theirs is None else theirs.iterfind(f"{W}compatSetting"):
        name, value = one.get(f"{W}name", ""), one.get(f"{W}val", "")
        if (
            one.get(f"{W}uri") == _WORD
            and re.fullmatch("[A-Za-z]{1,60}", name)
            and re.fullmatch("[0-9]{1,2}", value)
        ):
            modes[name] = value
    return "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_WORD}" w:val="{value}"/>' for name, value in modes.items()
    )
