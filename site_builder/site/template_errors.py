"""What is wrong with a journal's own templates, said so that it can be mended."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError


class TemplateWrong(Exception):
    """A journal's templates can't be used. The message names the template's file and line,
    and says what is wrong. One text makes it up, so it passes between processes."""


class Folder(FileSystemLoader):
    """A folder of templates. One that is not UTF-8 is as wrong as one with a slip in it; a
    symbolic link is not followed, as anywhere in a journal."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if leads_away(Path(self.searchpath[0]), template):
            raise TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            file = str(Path(self.searchpath[0], template))
            message = "this is not UTF-8: save the file as UTF-8"
            raise TemplateSyntaxError(message, line, template, file) from None


def leads_away(folder: Path, path: str) -> bool:
    """Whether a path in a folder is a symbolic link, or lies below one."""
    place = folder / path
    below = (p for p in (place, *place.parents) if p != folder and p.is_relative_to(folder))
    return any(p.is_symlink() for p in below)


def wrong(error: Exception, page_template: str, own: Path, built_in: Path) -> TemplateWrong:
    """What to tell of an exception raised while ``page_template`` was rendered, with the
    journal's ``own`` folder of templates before the ``built_in`` ones."""
    file, line = _place(error, own, built_in) or (own / page_template, 0)
    behind = f", line {line}" if line else ""
    if file.is_relative_to(own):
        return TemplateWrong(f"templates/{file.relative_to(own).as_posix()}{behind}: {_why(error)}")
    name = file.relative_to(built_in).as_posix()
    return TemplateWrong(
        f"templates/: dealog's own {name}{behind} can't be rendered with the templates there: "
        f"{_why(error)}"
    )


def _place(error: Exception, own: Path, built_in: Path) -> tuple[Path, int] | None:
    """The template's file and line: what a syntax error says itself, or the innermost frame
    of a template, for jinja2 gives their frames the names and lines of the templates."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if any(file.is_relative_to(folder) for folder in (own, built_in)) and file.suffix != ".py":
            return file, frame.lineno or 0
    return None


def _why(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template `{error.name}`"
    said = getattr(error, "message", None) or str(error) or type(error).__name__
    return said.rstrip(".")
