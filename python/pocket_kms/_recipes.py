"""Worlds and what they are made of: recipes, and links that carry them."""

from __future__ import annotations

from pocket_kms import _native

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pocket_kms._audit import Audit
    from pocket_kms._records import Options
    from typing_extensions import Self


class Recipes:
    """What a world with a seed is made of, and how it is made again."""

    __slots__ = ()

    if TYPE_CHECKING:
        _world: _native.World

        @property
        def audit(self) -> Audit: ...

        @classmethod
        def _around(cls, world: _native.World) -> Self: ...

    @classmethod
    def from_recipe(
        cls,
        recipe: Mapping[str, Any] | str,
        *,
        history: bool | int = False,
        proxies: Mapping[str, str | None] | Iterable[str] | None = None,
        proxy_ca: str | os.PathLike[str] | None = None,
        audit: Options | None = None,
        keep_recipe: bool = True,
    ) -> Self:
        """A world of a recipe, as ``recipe()`` of another one gives it, all of it or nothing: the same to the byte.

        It keeps its own recipe unless ``keep_recipe`` is False; other arguments are those of ``Kms``. Raises ``ValueError``
        with a sentence that says what is wrong, and in which step.
        """
        from pocket_kms._links import text_of
        from pocket_kms._making import sends, states

        host = sends(proxies, proxy_ca)
        world = _native.World.from_recipe(text_of(recipe), states(history), host, keep_recipe)
        kms = cls._around(world)
        if audit:
            kms.audit.set(**audit)
        return kms

    @classmethod
    def from_link(
        cls,
        link: str,
        *,
        history: bool | int = False,
        proxies: Mapping[str, str | None] | Iterable[str] | None = None,
        proxy_ca: str | os.PathLike[str] | None = None,
        audit: Options | None = None,
        keep_recipe: bool = True,
    ) -> Self:
        """A world of a link, as ``link()`` of another one gives it: of a whole address, or what stands behind ``#/world/``.

        Other arguments are those of ``from_recipe``. Raises ``ValueError`` with a sentence that says what is wrong.
        """
        from pocket_kms._links import recipe_of

        recipe = recipe_of(link)
        return cls.from_recipe(
            recipe, history=history, proxies=proxies, proxy_ca=proxy_ca, audit=audit, keep_recipe=keep_recipe
        )

    def recipe(self) -> dict[str, Any]:
        """The recipe of what was done to this world so far: its seed, its time, and steps as data.

        Whoever has it can make this world again, with every key and all that was said. Raises ``ValueError`` with a sentence
        that says why there is none: no seed, ``keep_recipe`` was not said, or something was done that no recipe can tell.
        """
        from pocket_kms._links import structure_of

        return structure_of(self._world.recipe())

    def link(self, base: str = "") -> str:
        """A link that carries this world: the address of a page, and behind ``#/world/`` the recipe, compressed.

        Without ``base`` only what stands from ``#`` on. Raises ``ValueError`` where there is no recipe, or it is too long: a
        link has at most 65,536 characters.
        """
        from pocket_kms._links import link_of

        return link_of(self._world.recipe(), base)
