"""`python -m performance` is `unrehearsed`."""

from performance.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
