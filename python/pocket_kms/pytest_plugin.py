"""Fixtures for pytest; installed with the package, they need no conftest."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pocket_kms import Kms, _native, block_network
from pocket_kms._moments import moment_of
from pocket_kms._template_files import within

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mypy_boto3_kms import KMSClient

    from pocket_kms._decisions import Denial
    from pocket_kms._intercept import BlockNetwork
    from pocket_kms._records import Filter
    from pocket_kms._templates import Loaded
    from typing_extensions import Unpack

MARKER = "pocket_kms"


class Setting(NamedTuple):
    """What the worlds of the fixtures are made with: an option, an ini option and an argument of the marker."""

    name: str
    metavar: str
    help: str


SETTINGS = (
    Setting("seed", "SEED", "make everything random in the worlds of the fixtures reproducible"),
    Setting("now", "TIME", "freeze the clocks of the fixtures' worlds at an instant, such as 2030-01-01T00:00:00Z"),
    Setting("account", "ACCOUNT", "the account of callers that name none in the fixtures' worlds"),
)
DIRECTORY = Setting(
    "directory", "FILE", "a file of JSON: who there is in the fixtures' worlds, as kms.directory.register reads it"
)
TEMPLATE = Setting(
    "template", "PATH", "a template, or a folder of them: what is in the fixtures' worlds, as kms.load_template reads it"
)
FILES = (DIRECTORY, TEMPLATE)
PARAMETERS = "parameters"
POOL = "insecure_key_pool"
HISTORY = "history"
WORLD = "settings"
FAULTS = "faults"
POOL_HELP = "take the RSA keys of the fixtures' worlds from a pool that everybody knows, in microseconds"
AUDIT = "audit"
EXPECTED = "expected_denials"
UNDENIED = "fail_on_denial"
UNDENIED_HELP = "fail a test in which a call was denied that it did not expect, as the fixture kms_undenied does"
BLOCK = "block_network"
BLOCK_HELP = "refuse requests that no world answers: those of KMS clients (kms), or of all clients of botocore (aws)"

LINKS = "links"
LINKS_HELP = "show below a test that has failed a link to its world, if it has a seed: the address of a playground"

# What the marker alone takes: parameters of the template, how many states a world keeps, its settings, what its calls
# meet in the whole test (the name of a fault, a structure, or a list of them), how it is recorded, and which denials are
# expected (a filter of records, a list of them, or True for all).
MARKED = {PARAMETERS: None, POOL: False, HISTORY: False, WORLD: None, FAULTS: None, AUDIT: None, EXPECTED: None}

_guard = pytest.StashKey["BlockNetwork"]()
_world = pytest.StashKey[Kms]()
_loaded = pytest.StashKey["Loaded"]()
_undenied = pytest.StashKey["list[Filter]"]()

# How many of the newest denials of a failed test are shown.
SHOWN = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the fixtures' worlds, for the command line and for ini files."""
    group = parser.getgroup("pocket-kms")
    for name, metavar, explanation in (*SETTINGS, *FILES):
        group.addoption(_flag(name), metavar=metavar, help=explanation)
        parser.addini(_ini(name), explanation)
    group.addoption(_flag(POOL), action="store_true", default=None, help=POOL_HELP)
    parser.addini(_ini(POOL), POOL_HELP, type="bool")
    group.addoption(_flag(UNDENIED), action="store_true", default=None, help=UNDENIED_HELP)
    parser.addini(_ini(UNDENIED), UNDENIED_HELP, type="bool")
    group.addoption(_flag(LINKS), metavar="ADDRESS", help=LINKS_HELP)
    parser.addini(_ini(LINKS), LINKS_HELP)
    group.addoption(_flag(BLOCK), choices=("kms", "aws"), help=BLOCK_HELP)
    parser.addini(_ini(BLOCK), BLOCK_HELP)


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marker, and keeps requests from the network where that is wanted."""
    unset = [f"{setting.name}=None" for setting in (*SETTINGS, *FILES)]
    names = ", ".join([*unset, *(f"{name}={value}" for name, value in MARKED.items())])
    config.addinivalue_line("markers", f"{MARKER}({names}): how the world of this test's fixtures is made")
    wanted = _configured(config, BLOCK)
    if wanted not in (None, "kms", "aws"):
        raise pytest.UsageError(f"{_ini(BLOCK)} is kms or aws, not {wanted}")
    if wanted:
        config.stash[_guard] = block_network(aws=wanted == "aws")
        config.stash[_guard].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Lets requests pass again."""
    if guard := config.stash.get(_guard, None):
        guard.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fails a test that passes, although something was denied in it that it did not expect."""
    outcome = yield
    kms = item.stash.get(_world, None)
    if kms is not None and (_undenied in item.stash or _configured(item.config, UNDENIED)):
        expected = _marked(item).get(EXPECTED)
        if expected is not True:
            _fail_on_denial(kms, [*_filters(expected), *item.stash.get(_undenied, [])])
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows, below a test that has failed, what was denied in it, and where that is wanted a link to its world: code under
    test may keep the errors to itself."""
    report = yield
    kms = item.stash.get(_world, None)
    if report.when == "call" and report.failed and kms is not None:
        if denied := _denied(kms):
            report.sections.append(("denied by pocket-kms", denied))
        if (base := _configured(item.config, LINKS)) and (link := _link(kms, base)):
            report.sections.append(("the world of pocket-kms", link))
    return report


@pytest.fixture
def pocket_kms(request: pytest.FixtureRequest) -> Kms:
    """A fresh world of KMS, for this test alone; `kms` is the same by a shorter name."""
    marked = _marked(request.node)
    made = {name: marked.get(name, _configured(request.config, name)) for name in (*(s.name for s in SETTINGS), POOL)}
    kms = request.node.stash[_world] = Kms(
        made["seed"],
        _moment(made["now"]),
        made["account"],
        insecure_key_pool=bool(made[POOL]),
        history=marked.get(HISTORY, False),
        audit=marked.get(AUDIT),
        keep_recipe=made["seed"] is not None and bool(_configured(request.config, LINKS)),
    )
    if template := marked.get(TEMPLATE.name, _configured(request.config, TEMPLATE.name)):
        request.node.stash[_loaded] = _load(kms, template, marked.get(PARAMETERS), request.config.rootpath)
    if directory := marked.get(DIRECTORY.name, _configured(request.config, DIRECTORY.name)):
        kms.directory.register(_read_directory(directory, request.config.rootpath))
    if settings := marked.get(WORLD):
        kms.settings.update(settings)
    if faults := marked.get(FAULTS):
        kms.faults(*(faults if isinstance(faults, (list, tuple)) else [faults])).start()
    return kms


@pytest.fixture
def kms(pocket_kms: Kms) -> Kms:
    """A fresh world of KMS, for this test alone."""
    return pocket_kms


@pytest.fixture
def kms_intercepted(pocket_kms: Kms) -> Iterator[Kms]:
    """The world of the fixture `kms`, which serves every KMS client of this process while the test runs."""
    with pocket_kms.intercept():
        yield pocket_kms


@pytest.fixture
def kms_undenied(request: pytest.FixtureRequest, pocket_kms: Kms) -> Kms:
    """The world of the fixture `kms`; the test fails where something is denied in it that nobody expects."""
    request.node.stash.setdefault(_undenied, [])
    return pocket_kms


@pytest.fixture
def kms_expect_denial(request: pytest.FixtureRequest, kms_undenied: Kms) -> Callable[..., None]:
    """Says of a test with `kms_undenied` what is denied in it: ``kms_expect_denial(operation="Decrypt", caller=EVE)``."""

    def expect(**filter: Unpack[Filter]) -> None:
        request.node.stash[_undenied].append(filter)

    return expect


@pytest.fixture
def kms_template(request: pytest.FixtureRequest, pocket_kms: Kms) -> Loaded:
    """What became of the template that is in the world of the fixture `kms`: ``kms_template["names"]["Key"]["is"]``."""
    loaded: Loaded | None = request.node.stash.get(_loaded, None)
    if loaded is None:
        raise pytest.UsageError(f"no template is in this world: say {_flag(TEMPLATE.name)}, or template= at the marker")
    return loaded


@pytest.fixture
def kms_client(pocket_kms: Kms) -> KMSClient:
    """A boto3 client of KMS that the world of the fixture `kms` answers."""
    return pocket_kms.client()


def _load(kms: Kms, template: Any, parameters: Mapping[str, Any] | None, root: Path) -> Loaded:
    """Loads a template, whose paths begin where the run does."""
    try:
        return kms.load_template(within(root, template), parameters=parameters)
    except ValueError as error:
        raise pytest.UsageError(f"{_ini(TEMPLATE.name)}: {error}") from error


def _read_directory(directory: Mapping[str, Any] | str, root: Path) -> Mapping[str, Any]:
    """A directory, or that of a file, whose path begins where the run does."""
    if not isinstance(directory, (str, os.PathLike)):
        return directory
    try:
        entries: Mapping[str, Any] = json.loads((root / directory).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise pytest.UsageError(f"{_ini(DIRECTORY.name)}: {directory}: {error}") from error
    return entries


def _denied(kms: Kms) -> str:
    """What was denied last, as text; nothing in a world that was disposed of."""
    try:
        return _listed(kms.denials())
    except ValueError:
        return ""


def _link(kms: Kms, base: str) -> str:
    """A link to a world, or why there is none; nothing for a world without a seed, or that was disposed of."""
    try:
        return kms.link(base)
    except ValueError as error:
        return "" if "without a seed" in str(error) or "disposed" in str(error) else str(error)


def _filters(expected: Any) -> list[Any]:
    """The denials that a marker expects."""
    filters = expected or ()
    if isinstance(filters, Mapping):
        return [filters]
    if isinstance(filters, (list, tuple)) and all(isinstance(filter, Mapping) for filter in filters):
        return list(filters)
    example = 'a filter such as {"operation": "Decrypt"}, a list of them, or True for all'
    pytest.fail(f"{EXPECTED} is {example}, not {expected!r}", pytrace=False)


def _fail_on_denial(kms: Kms, expected: list[Filter]) -> None:
    """Fails the test where something was denied that no filter fits, or where a filter fits nothing that was denied."""
    try:
        denials = kms.denials()
    except ValueError:
        # A test that passed here would pass unchecked.
        advice = f"let it live until the test has ended, or say {EXPECTED}=True at the marker {MARKER}"
        pytest.fail(f"the test has disposed of its world, so nobody can tell what was denied in it: {advice}", pytrace=False)
    fitting: set[str] = set()
    for filter in expected:
        denied: Filter = {**filter, "outcome": "denied"}
        kms.audit.assert_called(**denied)
        fitting.update(record["requestID"] for record in kms.audit.events(**denied))
    unexpected = [denial for denial in denials if denial["request_id"] not in fitting]
    if unexpected:
        counted = "1 call was" if len(unexpected) == 1 else f"{len(unexpected)} calls were"
        pytest.fail(f"{counted} denied that the test did not expect:\n{_listed(unexpected)}", pytrace=False)


def _listed(denials: list[Denial]) -> str:
    """The newest denials as text."""
    return "\n".join(_told(denial) for denial in denials[-SHOWN:])


def _told(denial: Denial) -> str:
    reasons = [decision["text"] for decision in denial["decisions"] if decision["ruling"] != "allowed"]
    return "\n".join([f"{denial['operation']} by {denial['caller']}:", *(textwrap.indent(reason, "  ") for reason in reasons)])


def _flag(name: str) -> str:
    return "--pocket-kms-" + name.replace("_", "-")


def _ini(name: str) -> str:
    return f"pocket_kms_{name}"


def _configured(config: pytest.Config, name: str) -> Any:
    """The option of the command line, or else that of the ini file; None where nobody has given one."""
    option = config.getoption(_flag(name))
    return config.getini(_ini(name)) or None if option is None else option


def _marked(node: pytest.Item) -> dict[str, Any]:
    """The arguments of the markers; those next to the test count."""
    known = {*(setting.name for setting in (*SETTINGS, *FILES)), *MARKED}
    marked: dict[str, Any] = {}
    for marker in node.iter_markers(MARKER):
        if marker.args or not known.issuperset(marker.kwargs):
            raise pytest.UsageError(f"the marker {MARKER} takes {', '.join(sorted(known))} by name: {marker}")
        marked = {**marker.kwargs, **marked}
    return marked


def _moment(now: datetime | str | None) -> datetime | None:
    """A datetime, or the instant that a text says: the core reads it, as that of `pocket-kms serve --now`."""
    if not isinstance(now, str):
        return now
    try:
        return moment_of(_native.moment(now))
    except ValueError as error:
        raise pytest.UsageError(f"{_ini('now')}: {error}") from error
