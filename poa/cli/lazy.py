"""A group whose commands are imported when named, so that its help needs none of them; each takes ``--debug``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands by the modules of a package: each has its ``command``, in the order in which a newcomer needs them."""

    def __init__(self, *args: Any, package: str, listed: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.package = package
        self.listed = listed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in their order."""
        return list(self.listed)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.listed.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, from its own module."""
        if cmd_name not in self.listed:
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name}").command
        command.short_help = self.listed[cmd_name]
        if not isinstance(command, click.Group) and all(one.name != "debug" for one in command.params):
            help_ = "Show the traceback of a fault."  # the command line itself reads it
            command.params.append(click.Option(["--debug"], is_flag=True, expose_value=False, help=help_))
        return command
