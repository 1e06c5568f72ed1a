"""What surrounds code: a `with` block, a decorator of functions and classes, or all between `start()` and `stop()`."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from types import FunctionType, TracebackType
from typing import Any, Generic, TypeVar

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

# What a method is before it belongs to somebody: a function, or one that `functools.lru_cache` keeps the answers of.
_CACHED: type[Any] = type(functools.lru_cache(lambda: None))
_CALLED: tuple[type[Any], ...] = (FunctionType, _CACHED)


class Surrounding(Generic[T]):
    """Begins and ends something, any number of times; what it gives at its beginning is a ``T``."""

    __slots__ = ()

    def start(self) -> T:
        """Begins; for set-up functions which cannot hold a ``with`` block."""
        raise NotImplementedError

    def stop(self) -> None:
        """Ends what ``start()`` has begun last."""
        raise NotImplementedError

    def __enter__(self) -> T:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __call__(self, target: F) -> F:
        """The function with this block around each of its calls, or the class with it around each of its methods, but for
        generators, fixtures of pytest and properties.

        Of a ``unittest.TestCase``, the block surrounds each test with its set-up and its clean-up.
        """
        if inspect.isclass(target):
            _surround_class(self, target)
            return target
        if not callable(target):
            raise TypeError(f"functions, coroutine functions and classes are decorated, not {type(target).__name__}")
        if _is_generator(target):
            raise TypeError(f"{target.__name__} is a generator: use a `with` block inside of it")
        return _surrounded(self, target)


def _is_generator(function: Any) -> bool:
    function = inspect.unwrap(function) if isinstance(function, _CACHED) else function
    return inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)


def _surrounded(surrounding: Surrounding[Any], function: F) -> F:
    return _awaiting(surrounding, function) if inspect.iscoroutinefunction(function) else _calling(surrounding, function)


def _calling(surrounding: Surrounding[Any], function: F) -> F:
    @functools.wraps(function)
    def served(*arguments: Any, **named: Any) -> Any:
        with surrounding:
            return function(*arguments, **named)

    # What `functools.lru_cache` adds to a function.
    for name in ("cache_info", "cache_clear", "cache_parameters"):
        if hasattr(function, name):
            setattr(served, name, getattr(function, name))
    return served  # type: ignore[return-value]


def _awaiting(surrounding: Surrounding[Any], function: F) -> F:
    @functools.wraps(function)
    async def served(*arguments: Any, **named: Any) -> Any:
        with surrounding:
            return await function(*arguments, **named)

    return served  # type: ignore[return-value]


def _surround_class(surrounding: Surrounding[Any], target: type) -> None:
    """Surrounds the methods; a generator among them runs inside of whoever reads it, and is left as it is."""
    for name, attribute in _methods(target):
        if isinstance(attribute, (classmethod, staticmethod)):
            if isinstance(attribute.__func__, _CALLED) and not _is_generator(attribute.__func__):
                setattr(target, name, type(attribute)(_surrounded(surrounding, attribute.__func__)))
        elif isinstance(attribute, _CALLED) and not _is_generator(attribute):
            setattr(target, name, _surrounded(surrounding, attribute))


def _methods(target: type) -> Iterator[tuple[str, Any]]:
    """The methods that somebody has written for this class; of a test case, that which runs a test, too."""
    test_case = getattr(sys.modules.get("unittest"), "TestCase", None)
    written: dict[str, Any] = {}
    for base in reversed(target.__mro__):
        if base.__module__ not in ("builtins", "typing", "abc", "unittest.case", "unittest.async_case"):
            written.update(vars(base))
    if test_case is None or not issubclass(target, test_case):
        yield from ((name, value) for name, value in written.items() if not name.startswith("__"))
        return
    yield "run", inspect.getattr_static(target, "run")
    # These two run outside of `run`.
    yield from ((name, written[name]) for name in ("setUpClass", "tearDownClass") if name in written)
