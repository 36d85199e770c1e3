"""Writes every committed file that is made from the code: templates, samples, document tables.

Run it after a change of a declaration: `python tests/regenerate.py`. A test checks that what is
committed is what it writes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.generated import list_files  # noqa: E402 - the path comes first


def main() -> None:
    """Write the files and name the ones that changed."""
    for name, make in list_files().items():
        path, content = ROOT / name, make()
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            sys.stdout.write(f"wrote {name}\n")


if __name__ == "__main__":
    main()
