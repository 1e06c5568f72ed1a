"""`pocket-kms proxy`: an external key store proxy, with a key manager behind it, at an address of this machine."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pocket_kms._json import written
from pocket_kms._kms import Kms
from pocket_kms._server import Server, add_listening, serve, tell

DEFAULT_PORT = 4600

DESCRIPTION = """\
Answers the external key store proxy API over HTTP, as what stands between AWS KMS and a key manager outside of it. The
keys are in memory and end with the server. Without --config there is one logical key store with the key foo."""

EPILOG = """\
A configuration is JSON, such as {"proxies": {"https://xks.example.com/prefix": {"region": "us-east-1", "keys": ["foo"]}}}:
logical key stores by their endpoints and prefixes. One without credentials gets a credential, and its proxy configuration
file is printed, which the console of KMS takes."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of the command line."""
    proxying = commands.add_parser(
        "proxy", help="be an external key store proxy over HTTP", description=DESCRIPTION, epilog=EPILOG
    )
    proxying.set_defaults(run=run)
    add_listening(proxying, DEFAULT_PORT, "the proxies")
    proxying.add_argument("--config", metavar="FILE", help="the logical key stores and their keys, in a file of JSON")


def run(options: argparse.Namespace) -> int:
    """Serves until a signal asks to stop; gives the exit code."""
    # Importing `ssl` takes longer than starting without it.
    from pocket_kms._tls import tls_of

    with ExitStack() as stack:
        kms = Kms()
        files = kms._world.set_up_proxies(_configuration(options.config))
        server = Server(
            kms,
            options.host,
            options.port,
            tls=tls_of(options.tls, options.host, stack, kms._world.proxy_hosts()),
            tell=tell if options.verbose else None,
            open_administration=options.open_administration,
            only_proxies=True,
        )
        printed = [line for name, file in files.items() for line in (_title(name), written(file))]
        return 0 if serve(server, printed) else 1


def _configuration(path: str | None) -> Any:
    if path is None:
        return None
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ValueError(f"the configuration cannot be read: {path}: {why}") from error


def _title(name: str) -> str:
    return f"the proxy configuration file of {name}:"
