"""The command ``dealog``: finds the command that is meant, runs it and ends the process."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from site_builder import __version__
from site_builder.cli.exits import BUG, FINE, INTERRUPTED, USAGE
from site_builder.cli.printing import say

COMMANDS = {
    "backtest": "site_builder.cli.backtest:backtest",
    "build": "site_builder.cli.build:build",
    "cache": "site_builder.cli.cache:cache",
    "check": "site_builder.cli.check:check",
    "diff": "site_builder.cli.diff:diff",
    "done": "site_builder.cli.set_field:steps_done",
    "dupes": "site_builder.cli.dupes:likely_dupes",
    "export": "site_builder.cli.export:export",
    "forecast": "site_builder.cli.forecast:forecast",
    "forget": "site_builder.cli.forget:forget",
    "form": "site_builder.cli.form:form",
    "handover": "site_builder.cli.handover:handover",
    "import": "site_builder.cli.import_csv:import_csv",
    "init": "site_builder.cli.init:init",
    "list": "site_builder.cli.list_deals:list_deals",
    "log": "site_builder.cli.log:log",
    "lost": "site_builder.cli.move:lost",
    "merge": "site_builder.cli.merge:merge",
    "merge-file": "site_builder.cli.merge_file:merge_file",
    "move": "site_builder.cli.move:move",
    "new": "site_builder.cli.new:new",
    "next": "site_builder.cli.set_field:next_step",
    "rename": "site_builder.cli.rename:rename",
    "schema": "site_builder.cli.schema:schema",
    "serve": "site_builder.cli.serve:serve",
    "set": "site_builder.cli.set_field:set_field",
    "setup-git": "site_builder.cli.setup_git:setup_git",
    "show": "site_builder.cli.show:show",
    "undo": "site_builder.cli.undo:undo",
    "won": "site_builder.cli.move:won",
}
"""Where each command is: a module is imported when its command is asked for."""


_NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


class Commands(click.Group):
    """The commands of COMMANDS."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        assert isinstance(found, click.Command)
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names of commands, none of which is imported for its help, and options."""
        names = [CompletionItem(name) for name in sorted(COMMANDS) if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant, or a refusal that names the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from site_builder.problems.suggest import did_you_mean

            ctx.fail(f"No such command `{args[0]}`. {did_you_mean(args[0], COMMANDS)}".strip())
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The journal's folder.  [default: this folder]",
)
@click.version_option(__version__, prog_name="dealog")
@click.pass_context
def dealog(context: click.Context, folder: Path) -> None:
    """A sales pipeline kept as plain text in git.

    A journal is a folder with pipeline.yml, deals/ and contacts/.
    """
    context.obj = folder


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its code: see docs/format.md."""
    _open_streams()
    try:
        dealog.main(args=arguments, prog_name="dealog", standalone_mode=False)
        code = FINE
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except click.ClickException as refused:
        _show(refused)
        _help_with_dashes(refused)
        code = USAGE
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else BUG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    except OSError as error:
        say(f"dealog: {_of_system(error)}")
        code = USAGE
    except Exception as bug:
        _report_bug(bug)
        code = BUG
    sys.exit(code)


def _of_system(error: OSError) -> str:
    """What the system refused, and of which file; where there was no room for one of ours, how
    things are now."""
    from site_builder.files import whole_files

    said = f"{error.strerror or error}"
    if not error.filename:
        return said  # it is what is printed to that had no room
    said += f": {whole_files.meant(os.fsdecode(error.filename))}"
    if error.errno in _NO_ROOM and not isinstance(error, whole_files.HalfDone):
        said += (
            ". That file is as it was, and no other is half written: make room and run the command "
            "again."
        )
    return said


def _show(refused: click.ClickException) -> None:
    """Say why a command is refused. What was typed may be the name of a file, and so anything."""
    from site_builder.problems.report import printable_lines

    said = io.StringIO()
    refused.show(said)
    click.echo(printable_lines(said.getvalue()), err=True, nl=False)


def _help_with_dashes(refused: click.ClickException) -> None:
    """What to type where a text was taken for an option."""
    if isinstance(refused, click.NoSuchOption) and refused.ctx and not refused.possibilities:
        command = refused.ctx.command
        if any(
            param.nargs == -1 and param.param_type_name == "argument" for param in command.params
        ):
            say("Text that begins with `-` stands behind all options and `--`: `… -- '- Text'`.")


def _open_streams() -> None:
    """Give a process that was started with a closed stream one that leads nowhere, and have
    characters that a stream's encoding lacks written out."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - until the process ends
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _report_bug(bug: Exception) -> None:
    import traceback

    frame = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    say(
        f"dealog: a bug of ours, sorry: {type(bug).__name__}: {bug} ({place}).\n"
        "Please report it where you got dealog from. DEALOG_DEBUG=1 prints the whole story."
    )
    if os.environ.get("DEALOG_DEBUG"):
        traceback.print_exception(bug)
