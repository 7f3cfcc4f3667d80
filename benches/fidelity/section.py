"""A section of docs/FIDELITY.md that another program than the bench `fidelity` writes: they come after MARK, which the bench keeps."""

import datetime
import pathlib
import re

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs/FIDELITY.md"
MARK = "\n<!-- Sections of other programs; the bench `fidelity` keeps them. -->\n"


def write(title, text):
    """Puts the section in its place, or at the end."""
    before, _, sections = DOCUMENT.read_text().partition(MARK)
    heading = "\n## %s\n" % title
    new = heading + "\n" + text.strip().replace("DATE", datetime.date.today().isoformat()) + "\n"
    old = re.compile(re.escape(heading) + r".*?(?=\n## |\Z)", re.S)
    sections = old.sub(lambda _: new, sections) if old.search(sections) else sections + new
    DOCUMENT.write_text(before + MARK + sections)
