"""`python -m flows` is `basewatch`."""

from flows.cli import main

main()
