"""The command line: `pocket-kms serve`, or `python -m pocket_kms serve`, is the KMS API at an address of this machine."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from pocket_kms import __version__, _check, _proxy_command
from pocket_kms._kms import Kms
from pocket_kms._making import sends
from pocket_kms._moments import moment_of
from pocket_kms._native import moment, settings
from pocket_kms._server import DEFAULT_PORT, Server, Unavailable, add_listening, complain, serve, tell
from pocket_kms._state_file import StateFile, Unkept

if TYPE_CHECKING:
    from pocket_kms._tls import Tls


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; gives its exit code."""
    _in_utf8()
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except (Unavailable, Unkept, ValueError) as error:
        complain(str(error))
        return 1
    return code


def _in_utf8() -> None:
    """What is printed is UTF-8 wherever it goes, as in every other host; some systems have a code page for pipes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _serve(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        state = None
        if options.state is not None:
            state = StateFile(options.state)
            stack.callback(state.close)
        kms = _world(options, state)
        if options.audit is not None:
            kms.audit.set(kept=options.audit)
        kms.settings.update(settings(options.set))
        server = Server(
            kms,
            options.host,
            options.port,
            tls=_tls(options, stack),
            state=state,
            tell=tell if options.verbose else None,
            cors=options.cors,
            open_administration=options.open_administration,
        )
        return 0 if serve(server) else 1


def _tls(options: argparse.Namespace, stack: ExitStack) -> Tls | None:
    if options.tls is None:
        return None
    # Importing `ssl` takes longer than starting without it.
    from pocket_kms._tls import tls_of

    return tls_of(options.tls, options.host, stack)


def _world(options: argparse.Namespace, state: StateFile | None) -> Kms:
    """The world of the file, if there is one; otherwise a new one."""
    now = None if options.now is None else moment_of(moment(options.now))
    proxies = {endpoint: base or None for endpoint, _, base in (each.partition("=") for each in options.proxy)}
    kept = None if state is None else state.restored(options.history, sends(proxies, options.proxy_ca))
    if kept is None:
        return Kms(
            options.seed,
            now,
            options.account,
            insecure_key_pool=options.insecure_key_pool,
            history=options.history,
            proxies=proxies,
            proxy_ca=options.proxy_ca,
        )
    if options.account not in (None, kept.account):
        advice = "leave --account out, or choose another file"
        raise ValueError(f"the world in the file is that of account {kept.account}: {advice}")
    return kept


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pocket-kms",
        description="AWS KMS on this machine.",
        # With it the wheel would weigh half as much again.
        epilog="A console of KMS for browsers comes with the npm package: npx pocket-kms playground",
    )
    parser.add_argument("--version", action="version", version=f"pocket-kms {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    _proxy_command.add(commands)
    _check.add(commands)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serving = commands.add_parser(
        "serve",
        help="answer any AWS SDK, CLI or tool over HTTP",
        description="Answers the KMS API over HTTP. The world is in memory and ends with the server, unless it has a file.",
        epilog="Then, for example: aws kms create-key --endpoint-url http://127.0.0.1:%d" % DEFAULT_PORT,
    )
    serving.set_defaults(run=_serve)
    add_listening(serving, DEFAULT_PORT, "the worlds")
    serving.add_argument(
        "--state",
        metavar="FILE",
        help="keep the world in this file, sealed under FILE.key: read at the start, written at the end and every five "
        "seconds",
    )
    serving.add_argument(
        "--now", metavar="TIME", help="freeze the clock of a new world at this time, such as 2026-01-01T00:00:00Z"
    )
    serving.add_argument("--seed", help="make everything random in a new world reproducible; for tests alone")
    serving.add_argument(
        "--insecure-key-pool", action="store_true", help="take RSA keys from a pool that everybody knows; for tests alone"
    )
    serving.add_argument(
        "--history",
        action="store_true",
        help="keep what the world was, so that forks may begin then: with the secrets of keys that have been deleted since",
    )
    serving.add_argument(
        "--audit", metavar="KEPT", help="keep this many of the newest records of calls (10000): a number, all or none"
    )
    serving.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="make a setting of the world, such as strict=1, consistency=aws, quota/keys=3 or chosen-keys=1; several times "
        "for several",
    )
    serving.add_argument("--account", help="the account of unknown access keys (111122223333)")
    serving.add_argument(
        "--cors", metavar="ORIGIN", help="let pages of this origin read the answers, such as http://localhost:5173"
    )
    serving.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ENDPOINT",
        help="let external key stores ask the proxy at this endpoint, such as https://xks.example.com, or where it is found "
        "instead, such as https://xks.example.com=https://127.0.0.1:8443; several times for several",
    )
    serving.add_argument(
        "--proxy-ca", metavar="FILE", help="the authorities of proxies, in PEM; without it, those of this machine"
    )


if __name__ == "__main__":
    sys.exit(main())
