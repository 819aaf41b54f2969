"""`python -m navaid` is the command `navaid`."""

from navaid.serve.cli import main

main()
