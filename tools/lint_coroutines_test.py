#!/usr/bin/env python3
"""The coroutine lint's own tests: forms that g++ 12.2 was seen to miscompile are refused, those it gets right pass."""

import sys
import unittest

from lint_coroutines import findings_in

# Each of these statements destroyed something twice when compiled with g++ 12.2 (or is wrong with every compiler).
REFUSED = {
    "an aggregate as an argument": "co_await send(Envelope{id, text});",
    "an empty aggregate": "co_await send(Envelope{});",
    "a braced list as an argument": "co_await send({id, text});",
    "designated initializers": "co_await send({.id = id, .text = {1, 2}});",
    "a list of values": "co_await insert(std::vector<int>{1, 2});",
    "an aggregate over several lines": "co_await send(\n    queue,\n    Envelope{id,\n             text});",
    "an aggregate before the co_await": "use(Envelope{id, text}, co_await next());",
    "an aggregate around the co_await": "use(Envelope{co_await next(), text}, 3);",
    "a declaration with braces": "Envelope envelope{co_await next(), text};",
    "a declaration with = and braces": "Envelope envelope = {text, co_await next()};",
    "an array": "Envelope both[2]{co_await next(), co_await next()};",
    "a structured binding of an aggregate": "auto [id, text] = Envelope{co_await next(), other};",
    "new": "auto* p = new Envelope{co_await next(), text};",
    "push_back of a braced list": "all.push_back({co_await next(), text});",
    "a returned aggregate": "co_return Envelope{co_await next(), text};",
    "an aggregate in a condition": "if ((co_await next()).id == key(Envelope{id, text})) { stop(); }",
    "an aggregate in a while condition": "while (co_await more(Page{1})) { go(); }",
    "an aggregate in a for statement": "for (auto page = co_await first(Page{1}); page;) { go(); }",
    "a capture by value": "co_await run_on(thread, [id] { return load(id); });",
    "a capture by default": "co_await run_on(thread, [=] { return load(id); });",
    "an init capture": "co_await run_on(thread, [copy = std::move(id)]() mutable { return load(copy); });",
    "a capture after a reference": "co_await run_on(thread, [&database, id] { return database.load(id); });",
    "a capture before the co_await": "apply([id](auto x) { return x + id; }, co_await next());",
    "a lambda that captures what was awaited": "auto later = [id = co_await next()] { return id; };",
    "a capture of *this": "co_await run_on(thread, [*this] { return load(); });",
    "a conditional as an argument": "co_await send(urgent ? now : std::string(50, 'x'));",
    "a conditional of two co_awaits": "auto x = c ? co_await first() : co_await second();",
    "a conditional with a name": "auto x = c ? co_await first() : fallback;",
    "a conditional on what was awaited": "auto x = (co_await next()).empty() ? make() : fallback;",
    "a co_await in a lambda's body": "spawn([this]() -> asio::awaitable<void> { co_await send(Envelope{1, 2}); });",
    "an aggregate beside a digit separator": "co_await send(1'000, Envelope{id, 'x'});",
    "a coroutine lambda called in place": "[id]() -> asio::awaitable<void> { co_await load(id); }();",
    "a coroutine lambda called as an argument":
        "co_spawn(io, [&queue, id]() -> asio::awaitable<int> { co_return id; }(), handler);",
    "a coroutine lambda without a return type, called": "auto work = [this] { co_return 1; }();",
    "detached": "co_spawn(io, work(), asio::detached);",
    "detached, spelled out": "co_spawn(io, work(), boost::asio::detached);",
}  # fmt: skip

# Measured to be right, or no co_await expression at all.
PASSED = {
    "named, then moved": "Envelope envelope{id, text}; co_await send(std::move(envelope));",
    "made by a function": "co_await send(make_envelope(id, text));",
    "a class with parentheses": "co_await send(std::string(50, 'x'));",
    "an error_code": "auto [error] = co_await queue.async_send(error_code{}, std::move(envelope), nothrow);",
    "a duration": "co_await sleep_for(std::chrono::milliseconds{10});",
    "a timer": "asio::steady_timer timer{co_await asio::this_coro::executor, limit};",
    "no capture": "co_await run_on(thread, [] { return Envelope{1, 2}; });",
    "capture by reference": "co_await run_on(thread, [&id] { return load(id); });",
    "capture of everything by reference": "co_await run_on(thread, [&]() -> int { return c ? load(id) : Envelope{1}.id; });",
    "capture of this": "co_await run_on(thread, [this, &id] { return load(id); });",
    "a subscript": "co_await send(envelopes[index], other()[2]);",
    "a structured binding": "auto& [id, text] = co_await next();",
    "a returned aggregate without co_await": "co_await next(); co_return Envelope{id, text};",
    "the body of an if": "if (co_await next()) { use(Envelope{id, text}); }",
    "the statement after an if": "if (co_await next()) use(Envelope{id, text});",
    "the block before": "{ use(Envelope{id, text}); } co_await next();",
    "a range of values to go through": "for (int k : {1, 2, 3}) { co_await next(k); }",
    "a label": "switch (kind) { case Kind::a: co_await next(); break; default: use(Envelope{1}); }",
    "a conditional of literals": 'co_await send(urgent ? 1 : 2); co_await log(urgent ? "now" : "later");',
    "a conditional on its own line": "auto when = urgent ? now : later; co_await send(std::move(when));",
    "a spawned lambda with captures": "co_spawn(io, [id]() -> asio::awaitable<void> { co_await load(id); }, handler);",
    "a spawned member coroutine": "co_spawn(io, [self, id] { return self->load(id); }, asio::deferred);",
    "a plain lambda called in place": "const auto list = [&] { return std::vector<int>{1, 2}; }();",
    "in a comment": "// co_await send(Envelope{id, text});\n/* co_await send({1}); asio::detached */ go();",
    "in a string": 'say("co_await send(Envelope{id})"); say(R"x(co_await send({1}) asio::detached)x");',
    "a brace in a character": "co_await send('{', \"{\", '\\'');",
    "a macro": "#define SEND(x) \\\n    co_await send({x})\nvoid f();",
    "an enumeration": "enum class Kind { a, b };  struct Empty {};  co_await next();",
    "a nested template": "std::map<int, std::vector<int>> all = co_await load<std::array<int, 2>>(id);",
    "a function that follows": "asio::awaitable<void> a() { co_await b(); }  Envelope c() { return {1, 2}; }",
    "another thing called detached": "if (state == State_detached) { detached = true; }",
}  # fmt: skip


def in_a_coroutine(statement):
    if statement.startswith(("asio::awaitable", "#")):
        return statement
    return "asio::awaitable<Envelope> example(Queue& queue)\n{\n    " + statement + "\n}\n"


class Lint(unittest.TestCase):
    """One test for each form, so that the totals count them."""


def add_test(name, statement, refused):
    def probe(self):
        found = findings_in(in_a_coroutine(statement))
        self.assertEqual(bool(found), refused, f"{statement}\nfound: {found}")

    verb = "refuses" if refused else "passes"
    setattr(Lint, f"test_{verb} {name}", probe)


for form, probe_text in REFUSED.items():
    add_test(form, probe_text, True)
for form, probe_text in PASSED.items():
    add_test(form, probe_text, False)


class Places(unittest.TestCase):
    """Where a finding is said to be."""

    def test_the_line_is_that_of_the_form_not_of_the_statement(self):
        (finding,) = findings_in("awaitable<void> f()\n{\n    co_await send(\n        a,\n        Envelope{1});\n}\n")
        self.assertEqual(finding.line, 5)


if __name__ == "__main__":
    program = unittest.main(exit=False, verbosity=0, argv=sys.argv)
    bad = len(program.result.failures) + len(program.result.errors)
    print(f"{program.result.testsRun - bad} passed, {bad} failed")
    sys.exit(1 if bad else 0)
