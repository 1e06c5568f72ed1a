"""`pocket-kms serve`, or `python -m pocket_kms serve`: the KMS API at an address of this machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pocket_kms import __version__
from pocket_kms._kms import Kms
from pocket_kms._server import DEFAULT_PORT, Unavailable, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        kms = Kms(seed=options.seed, account=options.account, insecure_key_pool=options.insecure_key_pool)
        serve(kms, options.host, options.port)
    except (Unavailable, ValueError) as error:
        print(f"pocket-kms: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pocket-kms", description="AWS KMS on this machine.")
    parser.add_argument("--version", action="version", version=f"pocket-kms {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving = commands.add_parser(
        "serve",
        help="answer any AWS SDK, CLI or tool over HTTP",
        description="Answers the KMS API over HTTP. The world is in memory and ends with the server.",
        epilog="Then, for example: aws kms create-key --endpoint-url http://127.0.0.1:%d" % DEFAULT_PORT,
    )
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s: this machine alone)")
    serving.add_argument("--port", type=_port, default=DEFAULT_PORT, help="the port (%(default)s); 0 for a free one")
    serving.add_argument("--seed", help="make everything random reproducible; for tests alone")
    serving.add_argument(
        "--insecure-key-pool", action="store_true", help="take RSA keys from a pool that everybody knows; for tests alone"
    )
    serving.add_argument("--account", help="the account of unknown access keys (111122223333)")
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text}")


if __name__ == "__main__":
    sys.exit(main())
