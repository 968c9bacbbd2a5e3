"""Build index/ from corpus/: `python ingest.py [--corpus DIR] [--index DIR]`."""

import sys

from tiaowen.cli import ingest_main

if __name__ == "__main__":
    sys.exit(ingest_main())
