"""`pocket-kms check`: what templates let whom do, for people and for continuous integration. All rules are the native part's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pocket_kms._errors import KmsError
from pocket_kms._json import written
from pocket_kms._kms import Kms
from pocket_kms._native import named
from pocket_kms._template_files import files_of
from pocket_kms._templates import call, read

DESCRIPTION = """\
Reads templates, and says what is wrong with their policies, whether anybody outside can use their keys, and whether what
the assertions say is so. A template is a file of CloudFormation or SAM, a folder such as cdk.out, what `terraform show
-json` prints, or what `aws iam get-account-authorization-details` prints."""

EPILOG = "The exit status is 0 where all is well, 1 where something is not, and 2 where something cannot be read."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of the command line."""
    checking = commands.add_parser(
        "check", help="say what the policies of a template let whom do", description=DESCRIPTION, epilog=EPILOG
    )
    checking.set_defaults(run=run)
    checking.add_argument("templates", nargs="+", metavar="TEMPLATE", help="a file, or a folder of them")
    checking.add_argument("--assertions", metavar="FILE", help="what must be so, in a file of YAML or JSON")
    checking.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the template; may be given several times",
    )
    checking.add_argument("--account", help="the account of what no file says another one of (111122223333)")
    checking.add_argument("--region", help="the Region of what no file says another one of (us-east-1)")
    checking.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        metavar="FORMAT",
        help="text for people, or json for programs (%(default)s)",
    )


def run(options: argparse.Namespace) -> int:
    """Checks; gives the exit status."""
    try:
        report = check(options)
    except (KmsError, ValueError) as error:
        print(f"pocket-kms: {error}", file=sys.stderr)
        return 2
    print(f"{written(report, indent=2)}\n" if options.format == "json" else report["text"], end="")
    return 0 if report["passed"] else 1


def check(options: argparse.Namespace) -> dict[str, Any]:
    """The report: a world of what the templates say answers the questions that follow from them."""
    parameters = dict(named("--parameter", text) for text in options.parameter)
    kms = Kms(account=options.account)
    place = {"account": kms.account, "region": options.region}
    files = dict(file for template in options.templates for file in files_of(template))
    plan = read(files, {**place, "parameters": parameters})
    names = kms.perform(plan["recipe"])["given"]
    asked = {**place, **_assertions(options.assertions), "inventory": kms.inventory(), "names": names}
    to_ask = call("questions", asked)
    answers = [_answer(kms, question) for question in to_ask["questions"]]
    report: dict[str, Any] = call("report", {"state": to_ask["state"], "answers": answers})
    return {**report, "leftOut": plan["leftOut"], "assumed": plan["assumed"]}


def _assertions(path: str | None) -> dict[str, str]:
    if path is None:
        return {}
    if Path(path).is_dir():
        raise ValueError(f"--assertions takes a file, and {path} is a folder")
    ((name, text),) = files_of(path)
    return {"name": name, "text": text}


def _answer(kms: Kms, question: Mapping[str, Any]) -> Any:
    """What the world answers, or why it does not."""
    try:
        return kms._world.ask(question)
    except KmsError as error:
        return {"error": f"{error.code}: {error.message}"}
