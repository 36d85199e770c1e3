"""The program's front door: `python -m importer` and the `importer` command."""

from importer.cli.main import main

if __name__ == "__main__":
    main()
