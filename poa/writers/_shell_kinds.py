"""Which kinds of parts and relations a shell keeps, which stay behind, and which are refused by name."""

from __future__ import annotations

RESAVE = "Open it in Word, save it as 'Word document (.docx)', and take that file."
# The root element of each kind of part that is kept, and the kinds that it may lead to.
ROOTS = {
    "document": "w:document",
    "header": "w:hdr",
    "footer": "w:ftr",
    "styles": "w:styles",
    "numbering": "w:numbering",
    "settings": "w:settings",
    "fontTable": "w:fonts",
    "theme": "a:theme",
}
ALONE = ("styles", "numbering", "settings", "fontTable", "theme")  # at most one of each
LEADS = {
    "document": {*ALONE, "header", "footer", "image", "hyperlink"},
    "header": {"image", "hyperlink"},
    "footer": {"image", "hyperlink"},
    "theme": {"image"},
}
KEPT = LEADS["document"]
LEFT_OUT = {
    *("core-properties", "extended-properties", "custom-properties", "metadata", "thumbnail", "customXml"),
    *(
        "customXmlProps",
        "webSettings",
        "glossaryDocument",
        "footnotes",
        "endnotes",
        "people",
        "printerSettings",
    ),
    *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "stylesWithEffects", "font"),
    *("origin", "documenttasks", "classificationlabels", "theme", "image"),
}
ACTIVE = {
    "vbaProject": ("macro", "a macro"),
    "wordVbaData": ("macro", "a macro"),
    "keyMapCustomizations": ("macro", "keys that run commands"),
    "attachedToolbars": ("macro", "a toolbar that runs commands"),
    "extensibility": ("macro", "a ribbon that runs commands"),
    "attachedTemplate": ("attached_template", "a template that Word fetches from elsewhere"),
    "aFChunk": ("alt_chunk", "another file inside (altChunk)"),
    "subDocument": ("alt_chunk", "another file inside (subDocument)"),
    "frame": ("alt_chunk", "a frame of another file"),
    "oleObject": ("ole", "an embedded object (OLE)"),
    "package": ("ole", "an embedded file"),
    "control": ("ole", "a control (ActiveX)"),
    "activeXControlBinary": ("ole", "a control (ActiveX)"),
    "webextension": ("web_extension", "a web extension"),
    "webextensiontaskpanes": ("web_extension", "a web extension"),
    "taskpanes": ("web_extension", "a web extension"),
    "mailMergeSource": ("mail_merge", "a mail merge"),
    "mailMergeHeaderSource": ("mail_merge", "a mail merge"),
    "recipientData": ("mail_merge", "a mail merge"),
}
REMEDIES = {
    "macro": RESAVE,
    "attached_template": "In Word: Developer > Document Template > Attach 'Normal', then save.",
    "mail_merge": "In Word: Mailings > Start Mail Merge > Normal Word Document, then save.",
}
