"""One printable: a request on standard input, the PDF on standard output."""

import sys

import msgspec

from web.impression.compiler import Demande, compile_pdf


def main() -> None:
    """Prints what is asked."""
    demande = msgspec.json.decode(sys.stdin.buffer.read(), type=Demande)
    sys.stdout.buffer.write(compile_pdf(demande.template, demande.donnees, demande.moment))


if __name__ == "__main__":
    main()
