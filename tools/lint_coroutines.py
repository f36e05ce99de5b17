#!/usr/bin/env python3
"""Refuses the coroutine forms that g++ 12 miscompiles, and two that are wrong with every compiler.

g++ 12 destroys some temporaries twice when the full expression that holds them also holds a `co_await`: corrupt
memory at every optimisation level, without a warning. What was measured to be wrong, anywhere in such an expression,
before the `co_await`, after it or around it:

    co_await send(Envelope{id, text});            an aggregate made with braces, also Envelope{} and send({id, text})
    Envelope envelope{co_await next_id(), text};  the same, when it is a declaration
    co_await run_on(thread, [id] { … });          a lambda that captures by value ([&] and [] are fine)
    co_await send(urgent ? now : make_later());   a conditional of a class type

The cure is the same for all: give the value a name on the line above, then move it. A class with a constructor is
fine, but cannot be told from an aggregate here, so braces are refused for all but the well-known types below.

Wrong with every compiler:

    [captures](…) -> awaitable<…> { … }()         the captures die with the lambda, before the coroutine has run
    asio::detached                                swallows exceptions; every coroutine has a parent that waits for it

usage: lint_coroutines.py FILE…       exit status 1 if anything was found
"""

import re
import sys
from dataclasses import dataclass

# Braces after these make a class with a constructor (or a number), which g++ 12 gets right.
SAFE_WITH_BRACES = {
    "error_code", "string", "string_view", "steady_timer", "system_timer", "resolver", "socket", "acceptor",
    "microseconds", "milliseconds", "seconds", "minutes", "hours", "size_t", "int64_t", "uint64_t",
}  # fmt: skip

TOKEN = re.compile(
    r"""
      (?P<skip>      \s+ | //(?:\\\n|[^\n])* | /\*.*?\*/ )
    | (?P<raw>       (?:u8|[uUL])?R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)" )
    | (?P<literal>   (?:u8|[uUL])?"(?:\\.|[^"\\\n])*"\w* | (?:u8|[uUL])?'(?:\\.|[^'\\\n])*' )
    | (?P<number>    \.?[0-9](?:'?[\w.]|(?<=[eEpP])[+-])* )
    | (?P<word>      [A-Za-z_]\w* )
    | (?P<mark>      ::|->|&&|\|\||<=|>=|==|!=|. )
    """,
    re.VERBOSE | re.DOTALL,
)
CLOSES = {"(": ")", "[": "]", "{": "}"}
CONSTANTS = {"true", "false", "nullptr"}


@dataclass
class Token:
    text: str
    kind: str  # word, number, literal or mark
    line: int
    partner: int = -1  # of a bracket: the index of the one that closes or opens it
    braces: str = ""  # of a brace: "block" (statements), "lambda" (a lambda's body) or "values"


@dataclass(frozen=True, order=True)
class Finding:
    line: int
    what: str


def tokens_of(text):
    """The tokens without comments and preprocessor lines, brackets paired."""
    # A directive may go on over several lines; its text is replaced by as many line ends.
    text = re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", lambda m: "\n" * m[0].count("\n"), text, flags=re.MULTILINE)
    tokens, opened, line = [], [], 1
    for match in TOKEN.finditer(text):
        kind = "literal" if match.lastgroup in ("raw", "fence") else match.lastgroup
        if kind != "skip":
            tokens.append(Token(match[0], kind, line))
            if match[0] in CLOSES:
                opened.append(len(tokens) - 1)
            elif match[0] in CLOSES.values() and opened and CLOSES[tokens[opened[-1]].text] == match[0]:
                start = opened.pop()
                tokens[start].partner, tokens[-1].partner = len(tokens) - 1, start
        line += match[0].count("\n")
    for index, token in enumerate(tokens):
        if token.text == "{":
            token.braces = braces_at(tokens, index)
            if token.partner >= 0:
                tokens[token.partner].braces = token.braces
    return tokens


def opens_lambda(tokens, index):
    """Is the `[` at this index the start of a lambda (and not a subscript, an attribute, a structured binding)?"""
    if tokens[index].text != "[" or tokens[index].partner < 0:
        return False
    before = tokens[index - 1] if index else None
    after = tokens[index + 1]
    if after.text == "[" or (before and before.text == "["):
        return False
    if before is None or before.text in ("return", "co_return", "co_await", "co_yield", "case", "throw", "else"):
        return True
    if before.kind in ("word", "literal") or before.text in (")", "]"):
        return False
    if before.text in ("&", "&&") and index >= 2 and tokens[index - 2].text == "auto":
        return False
    return True


def braces_at(tokens, index):
    """What the `{` at this index opens: the body of a lambda, other statements (or declarations), or values."""
    if index == 0:
        return "block"
    before = tokens[index - 1]
    back = index - 1
    while back >= 0 and tokens[back].text in ("const", "noexcept", "override", "final", "mutable"):
        back -= 1
    # A trailing return type: step back over it, to the parentheses before its arrow.
    at = back
    while at >= 0 and (tokens[at].kind == "word" or tokens[at].text in ("::", "<", ">", "*", "&", ",", "->", ")", "]")):
        if tokens[at].text == "->":
            back = at - 1
            while back >= 0 and tokens[back].text in ("const", "noexcept", "mutable", "constexpr"):
                back -= 1
            break
        at = tokens[at].partner if tokens[at].text in (")", "]") and tokens[at].partner >= 0 else at
        at -= 1
    if back >= 0 and tokens[back].text == ")" and tokens[back].partner > 0:
        opener = tokens[back].partner
        if tokens[opener - 1].text == "]" and tokens[opener - 1].partner >= 0:
            return "lambda" if opens_lambda(tokens, tokens[opener - 1].partner) else "block"
        if tokens[opener - 1].text == "decltype":
            return "values"
        return "block"
    if back >= 0 and tokens[back].text == "]" and opens_lambda(tokens, tokens[back].partner):
        return "lambda"
    if before.text == "{":
        return before.braces or "block"
    if before.text in (";", "}", ":", "else", "do", "try"):
        return "block"
    if before.kind == "literal":  # extern "C" {
        return "block"
    if before.kind == "word" or before.text in (">", "::"):
        at = index - 1
        while at >= 0 and tokens[at].text not in (";", "{", "}", "(", ")", "="):
            if tokens[at].text in ("class", "struct", "union", "enum", "namespace"):
                return "block"
            at -= 1
    return "values"


def full_expression(tokens, index):
    """The first and last index of the statement or condition around the token at this index."""
    left = index
    while left > 0:
        token = tokens[left - 1]
        if token.text == ";":
            break
        if token.text in (")", "]", "}") and token.partner >= 0:
            if token.text == "}" and token.braces == "block":
                break
            left = token.partner
            continue
        if token.text == "{" and token.braces in ("block", "lambda"):
            break
        if token.text == "(" and left >= 2 and tokens[left - 2].text in ("if", "while", "for", "switch", "constexpr"):
            break
        left -= 1
    right = index
    while right + 1 < len(tokens):
        token = tokens[right + 1]
        if token.text == ";":
            break
        if token.text == "{" and token.braces == "block":
            break
        if token.text == ")" and token.partner < left:
            break
        if token.text == "}" and token.partner < left:
            break
        right = token.partner if token.text in CLOSES and token.partner >= 0 else right + 1
    return left, right


def captures_by_value(tokens, index):
    """Does the lambda that starts at this `[` hold copies (`[x]`, `[=]`, `[x = …]`, `[*this]`)?"""
    depth, start = 0, True
    for at in range(index + 1, tokens[index].partner):
        text = tokens[at].text
        if depth == 0 and start and text not in ("&", "this"):
            return True
        start = depth == 0 and text == ","
        depth += (text in CLOSES) - (text in CLOSES.values())
    return False


def is_safe_type(tokens, index):
    """Do the braces at this index follow a well-known type, or a variable declared with one?"""
    names = [tokens[at].text for at in (index - 1, index - 2) if at >= 0]
    return bool(names) and (names[0] in SAFE_WITH_BRACES or (len(names) > 1 and names[1] in SAFE_WITH_BRACES))


def is_constant(tokens, start, end):
    """Is what stands from start to end (exclusive) one literal?"""
    if end - start != 1:
        return False
    return tokens[start].kind in ("number", "literal") or tokens[start].text in CONSTANTS


def conditional_findings(tokens, question, last):
    """A conditional is fine between plain literals; between anything else it may be of a class type."""
    at, colon = question + 1, -1
    while at <= last:
        if tokens[at].text == ":" and colon < 0:
            colon = at
        elif colon >= 0 and tokens[at].text in (")", ",", "}", "]"):
            break
        at = (tokens[at].partner if tokens[at].text in CLOSES and tokens[at].partner >= 0 else at) + 1
    if colon >= 0 and is_constant(tokens, question + 1, colon) and is_constant(tokens, colon + 1, at):
        return
    yield Finding(tokens[question].line, "a conditional (? :) in a co_await expression: decide it on the line above")


def await_findings(tokens, index):
    """What is wrong in the full expression around the co_await at this index."""
    left, right = full_expression(tokens, index)
    at = left
    while at <= right:
        token = tokens[at]
        if token.text == "[" and opens_lambda(tokens, at) and captures_by_value(tokens, at):
            yield Finding(token.line, "a lambda that captures by value in a co_await expression: name it on the line above")
        if token.text == "{" and token.braces == "values" and not is_safe_type(tokens, at):
            yield Finding(token.line, "braces in a co_await expression: name the value on the line above, then move it")
        if token.text == "?":
            yield from conditional_findings(tokens, at, right)
        if token.text == "{" and token.braces == "lambda" and not at < index < token.partner:
            at = token.partner  # another function
        at += 1


def called_lambda_finding(tokens, index):
    """A coroutine lambda with captures that is called where it stands."""
    if not opens_lambda(tokens, index) or tokens[index].partner == index + 1:
        return None
    at, is_coroutine = tokens[index].partner + 1, False
    while at < len(tokens) and tokens[at].text not in (";", "}"):
        if tokens[at].text == "{":
            body_end = tokens[at].partner
            if tokens[at].braces != "lambda" or body_end < 0 or body_end + 1 >= len(tokens):
                return None
            is_coroutine |= any(
                token.text in ("co_await", "co_return") for token in tokens[at:body_end]
            )  # without a return type of its own
            if is_coroutine and tokens[body_end + 1].text == "(":
                return Finding(
                    tokens[index].line, "a coroutine lambda with captures, called in place: pass it to co_spawn uncalled"
                )
            return None
        is_coroutine |= "awaitable" in tokens[at].text
        at = (tokens[at].partner if tokens[at].text in ("(", "[") and tokens[at].partner >= 0 else at) + 1
    return None


def findings_in(text):
    """Every finding in a C++ source, sorted by line."""
    tokens = tokens_of(text)
    found = set()
    for index, token in enumerate(tokens):
        if token.text == "co_await":
            found.update(await_findings(tokens, index))
        elif token.text == "[":
            finding = called_lambda_finding(tokens, index)
            if finding:
                found.add(finding)
        elif token.text == "detached" and index and tokens[index - 1].text == "::":
            found.add(Finding(token.line, "asio::detached: every coroutine has a parent that waits for it"))
    return sorted(found)


def main(paths):
    """Prints every finding as FILE:LINE: what."""
    wrong = False
    for path in paths:
        with open(path, encoding="utf-8") as source:
            for finding in findings_in(source.read()):
                print(f"{path}:{finding.line}: {finding.what}")
                wrong = True
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
