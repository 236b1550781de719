"""`python -m bankmart`."""

from bankmart.cli import main

main()
