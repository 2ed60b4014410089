"""Small changes to a module's code, one at a time: what could be mistyped and would still run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tests.mutation.patterns import changed_patterns

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_SMALL = 100
"""Larger numbers are changed in one direction only."""
_OTHER_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NO_RULES = frozenset({"model_config", "__tablename__", "log"})
"""Names given at the head of a module or class that hold nothing a rule says."""
_NO_RULE_CALLS = frozenset({"mapped_column", "TypeVar", "lru_cache", "get_logger", "dataclass"})
_TYPES = frozenset({"Literal", "Callable", "Mapping", "dict", "tuple"})


@dataclass(frozen=True, slots=True)
class Change:
    """One small change at a place of the tree that it was found in."""

    line: int
    before: str
    after: str
    """Code as it was and as it becomes; empty where it is left out."""
    statement: str
    """First line of the statement around it: what a person finds it by when lines have moved."""
    make: Callable[[], None]
    """Makes it in the tree."""

    @property
    def told(self) -> str:
        """What becomes of what, on one line."""
        return f"`{self.before}` → `{self.after or 'left out'}`"


def changes_in(tree: ast.Module) -> Iterator[Change]:
    """Every change, in the order of the code. Make one at most: the others were found in the tree as it was."""
    yield from _Finder().found(tree)


def changed_tree(source: str, number: int) -> tuple[ast.Module, Change]:
    """A fresh tree with the change of that number (from 0) made, and the change."""
    tree = ast.parse(source)
    change = next(islice(changes_in(tree), number, None))
    change.make()
    return ast.fix_missing_locations(tree), change


class _Finder:
    """Walks a tree and remembers the statement it is in."""

    def __init__(self) -> None:
        self._statement: ast.stmt | None = None

    def found(self, node: ast.AST) -> Iterator[Change]:
        """The changes at a node and below it."""
        if _holds_no_rule(node):
            return
        outer = self._statement
        if isinstance(node, ast.stmt):
            self._statement = node
        yield from self._here(node)
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "keywords"} and not isinstance(node, ast.Call):
                continue
            if isinstance(node, ast.Raise):
                continue  # that it is raised counts, and its name is looked at where it is caught
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from self.found(child)
        self._statement = outer

    def _change(self, node: ast.AST, after: ast.AST | None, make: Callable[[], None]) -> Change:
        statement = self._statement or node
        line = getattr(node, "lineno", getattr(statement, "lineno", 0))
        shown = _line(after) if after is not None else ""
        return Change(line, _line(node), shown, _line(statement).partition("\n")[0], make)

    def _set(self, node: ast.AST, **fields: object) -> Change:
        """The change that gives a node other fields."""
        copy = type(node)(**{name: getattr(node, name) for name in node._fields if hasattr(node, name)})
        ast.copy_location(copy, node)
        for name, value in fields.items():
            setattr(copy, name, value)

        def make() -> None:
            for name, value in fields.items():
                setattr(node, name, value)

        return self._change(node, copy, make)

    def _without(self, node: ast.AST, part: ast.AST, **fields: object) -> Change:
        """The change that leaves one part of a table out."""
        whole = self._set(node, **fields)
        return replace(whole, before=_line(part), after="")

    def _here(self, node: ast.AST) -> Iterator[Change]:
        match node:
            case ast.Compare(ops=ops):
                for at, operator in enumerate(ops):
                    for other in _COMPARED[type(operator)]:
                        yield self._set(node, ops=[*ops[:at], other(), *ops[at + 1 :]])
            case ast.BoolOp(op=ast.And()):
                yield self._set(node, op=ast.Or())
            case ast.BoolOp():
                yield self._set(node, op=ast.And())
            case ast.BinOp(op=operator) if type(operator) in _RECKONED and not _joins_texts(node):
                yield self._set(node, op=_RECKONED[type(operator)]())
            case ast.Call(func=ast.Name(id=name)) if name in _OTHER_CALLS:
                yield self._set(node, func=ast.Name(_OTHER_CALLS[name], ast.Load()))
            case ast.Constant(value=bool() as value):
                yield self._set(node, value=not value)
            case ast.Constant(value=int() as value):
                yield self._set(node, value=value + 1)
                if 1 < value <= _SMALL:
                    yield self._set(node, value=value - 1)
            case ast.Set(elts=elements) | ast.Tuple(elts=elements, ctx=ast.Load()) | ast.List(elts=elements):
                yield from self._of_elements(node, elements)
            case ast.Dict(keys=keys, values=values) if len(keys) > 1:
                for at in range(len(keys)):
                    left = {"keys": keys[:at] + keys[at + 1 :], "values": values[:at] + values[at + 1 :]}
                    yield self._without(node, keys[at] or values[at], **left)
            case _:
                yield from self._of_statement(node)
        yield from self._of_condition(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from self._of_pattern(node, node.value)

    def _of_elements(self, node: ast.AST, elements: list[ast.expr]) -> Iterator[Change]:
        """One left out. Of what is taken apart by its places none is: only a set, or names and texts in a row."""
        in_a_row = all(
            isinstance(element, ast.Attribute) or (isinstance(element, ast.Constant) and isinstance(element.value, str))
            for element in elements
        )
        for at in range(len(elements)) if len(elements) > 1 and (isinstance(node, ast.Set) or in_a_row) else ():
            yield self._without(node, elements[at], elts=elements[:at] + elements[at + 1 :])

    def _of_condition(self, node: ast.AST) -> Iterator[Change]:
        """A condition turned around, where no comparison in it is changed anyhow."""
        if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(
            node.test, ast.Compare | ast.BoolOp | ast.UnaryOp
        ):
            turned = ast.UnaryOp(ast.Not(), node.test)
            yield self._change(node.test, turned, _setting(node, "test", turned))
        if isinstance(node, ast.comprehension):
            for at in range(len(node.ifs)):
                yield self._change(node.ifs[at], None, _setting(node, "ifs", node.ifs[:at] + node.ifs[at + 1 :]))

    def _of_statement(self, node: ast.AST) -> Iterator[Change]:
        """A result forgotten, a call not made, a refusal not raised, a round of a loop that ends it."""
        match node:
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                nothing = ast.Constant(None)
                yield self._change(node, ast.Return(nothing), _setting(node, "value", nothing))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield self._change(node, operand, _becoming(node, operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                yield self._change(node, operand, _becoming(node, operand))
            case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body) | ast.If(body=body) | ast.For(body=body):
                yield from self._of_block(node, body)
            case _:
                return

    def _of_block(self, owner: ast.AST, body: list[ast.stmt]) -> Iterator[Change]:
        for at, statement in enumerate(body):
            left_out = isinstance(statement, ast.AugAssign | ast.Raise) or (
                isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call | ast.Await)
            )
            other: ast.stmt | None = None
            if isinstance(statement, ast.Continue):
                other = ast.Break()
            elif left_out and not _is_log(statement):
                other = ast.Pass()
            if other is not None:
                shown = None if isinstance(other, ast.Pass) else other
                yield self._change(statement, shown, _setting(owner, "body", [*body[:at], other, *body[at + 1 :]]))

    def _of_pattern(self, node: ast.Constant, text: str) -> Iterator[Change]:
        """A regular expression with another quantifier, bound or look-around."""
        if self._statement is not None and _is_pattern(self._statement):
            for changed in changed_patterns(text):
                yield self._set(node, value=changed)


def _holds_no_rule(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.keyword(arg="min_length" | "ge", value=ast.Constant(value=1)):
            return True  # that a list or a number of our own data file is not empty
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in _NO_RULES
        case ast.Call(func=ast.Name(id=name)):
            return name in _NO_RULE_CALLS
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
            return True
        case ast.Subscript(value=ast.Name(id=name)):
            return name in _TYPES
        case _:
            return False


def _joins_texts(node: ast.BinOp) -> bool:
    """Whether it is no reckoning: text put together, or types in one."""
    if isinstance(node.op, ast.BitOr | ast.BitAnd):
        return any(isinstance(side, ast.Name | ast.Dict | ast.DictComp) for side in (node.left, node.right))
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _is_log(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _holds_no_rule(statement.value)


def _is_pattern(statement: ast.stmt) -> bool:
    """Whether a regular expression is made there: compiled, matched, or put together of other ones."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return any(
        (isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "re")
        or (isinstance(inner, ast.Constant) and isinstance(inner.value, str) and "(?:" in inner.value)
        for inner in ast.walk(statement)
    )


def _line(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


def _setting(owner: ast.AST, field: str, value: object) -> Callable[[], None]:
    return lambda: setattr(owner, field, value)


def _becoming(node: ast.UnaryOp, other: ast.expr) -> Callable[[], None]:
    """``not x`` as ``bool(x)``-like, in place: a node cannot change its class, so the sign is taken twice."""

    def make() -> None:
        node.operand = ast.UnaryOp(ast.Not() if isinstance(node.op, ast.Not) else ast.USub(), other)

    return make
