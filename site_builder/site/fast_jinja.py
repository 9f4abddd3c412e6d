"""Jinja as it is, but compiled and called so that pages by the ten thousand cost less.

It overrides inner methods of Jinja, so that it is only for versions that it was tested with:
``templating`` looks which they are before it imports this.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

escape_text: Callable[[str], str]
try:  # in C, and a text that has nothing to escape comes back as it is
    from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]
except ImportError:  # before MarkupSafe 3.0
    escape_text = escape
if escape_text("<&>\"'") != escape("<&>\"'"):  # it is MarkupSafe's own business what it does
    escape_text = escape


class _Generator(CodeGenerator):
    """Compiles blocks to give their text in one piece, not in hundreds that pass one by one
    through each template that another extends; and plain texts to be escaped without a call
    of a function in Python."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape_text, escape_any = environment.escape_text, environment.escape_any")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.block_frame:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if frame.block_frame:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, _finalize: object) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            self.fail("templates are always escaped", node.lineno)
        self.write("(escape_text(out) if type(out := ")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: object) -> None:
        self.write(") is str else escape_any(out))")


class FastMacro(Macro):
    """A macro that is called without ceremony where all its arguments are given by place."""

    def __init__(self, environment: Environment, text: Callable[..., str], *args: Any) -> None:
        super().__init__(environment, text, *args)
        self._text = text
        special = self.catch_kwargs or self.catch_varargs or self.caller
        self._takes = -1 if special else len(self.arguments)

    def __call__(self, *args: Any, **named: Any) -> str:
        if len(args) == self._takes and not named:
            return str.__new__(Markup, self._text(*args))  # `Markup()` first looks what it is
        return super().__call__(*args, **named)


class _Context(Context):
    def call(  # its signature is Jinja's
        self, obj: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any
    ) -> Any:
        """Call what a template calls. Macros don't ask for the context: templates are always
        escaped."""
        if type(obj) is FastMacro:
            return obj(*args, **named)
        return super().call(obj, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


class FastEnvironment(Environment):
    code_generator_class = _Generator
    context_class = _Context
    Macro = FastMacro
    escape_text = staticmethod(escape_text)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, Template] = {}

    @staticmethod
    def escape_any(value: object) -> Markup:
        """A value that is no plain text as markup."""
        return value if type(value) is Markup else escape(value)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template by name: none changes while a site is rendered."""
        if isinstance(name, Template):
            return name
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super().get_template(name, parent, globals)
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict for all templates: none has names of its own, and a chain is slow."""
        return super().make_globals(d) if d else self.globals
