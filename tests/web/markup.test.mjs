// Slack's markup as the page reads it, without a browser: by table, and against what hostile people type.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse_mrkdwn, readable, typed_text } from "../../web/sandbox/mrkdwn.js";

/// A short form of the tree: marks around what they mark.
function shown(nodes) {
    const around = { bold: "B", italic: "I", strike: "S", quote: "Q" };
    return nodes
        .map((node) => {
            if (node.kind === "text") return node.text;
            if (around[node.kind]) return `${around[node.kind]}(${shown(node.children)})`;
            if (node.kind === "code" || node.kind === "pre") return `${node.kind}(${node.text})`;
            if (node.kind === "link") return `link(${node.url}|${node.label})`;
            if (node.kind === "date") return `date(${node.seconds}|${node.pattern}|${node.fallback})`;
            if (node.kind === "everybody") return `all(${node.name})`;
            if (node.kind === "emoji") return `emoji(${node.name})`;
            return `${node.kind}(${node.id}|${node.label})`;
        })
        .join("");
}

const table = {
    "plain text": "plain text",
    "*bold* and _italic_ and ~gone~": "B(bold) and I(italic) and S(gone)",
    "*bold _both_ bold*": "B(bold I(both) bold)",
    "2*3*4 and snake_case_name": "2*3*4 and snake_case_name",
    "* not bold *": "* not bold *",
    "*one line\nnot the next*": "*one line\nnot the next*",
    "`code *not bold*` and `": "code(code *not bold*) and `",
    "```\nwhole\n  lines\n```after": "pre(whole\n  lines)after",
    "```never closed": "```never closed",
    "&gt; quoted\n&gt; twice\nnot": "Q(quoted\ntwice)not",
    "<@U0ADA> <@U0ADA|ada>": "person(U0ADA|) person(U0ADA|ada)",
    "<#C0GENERAL|general> <!subteam^S0ONCALL|@oncall> <!here>": "channel(C0GENERAL|general) group(S0ONCALL|@oncall) all(here)",
    "<https://example.com/a?b=1&amp;c=2|the page>": "link(https://example.com/a?b=1&c=2|the page)",
    "<https://example.com>": "link(https://example.com|)",
    "<javascript:alert(1)|click>": "<javascript:alert(1)|click>",
    "<data:text/html,x|click>": "<data:text/html,x|click>",
    "<!date^1770039068^{date_short} at {time}|Monday>": "date(1770039068|{date_short} at {time}|Monday)",
    ":white_check_mark: at 10:30:45": "emoji(white_check_mark) at 10:30:45",
    "&lt;b&gt; &amp;amp;": "<b> &amp;",
    "<>": "<>",
    "": "",
};

for (const [markup, expected] of Object.entries(table)) {
    test(`markup: ${JSON.stringify(markup)}`, () => assert.equal(shown(parse_mrkdwn(markup)), expected));
}

test("markup: nothing that people type takes long, or is lost", () => {
    const hostile = [
        "*".repeat(40_000), "<".repeat(40_000), "_a ".repeat(13_000), "*a _b ~c ".repeat(4_000), "`".repeat(40_000),
        "```".repeat(13_000), ":a".repeat(20_000), "&gt; ".repeat(8_000), "<@".repeat(20_000), "a\n*b".repeat(10_000),
    ]; // prettier-ignore
    for (const text of hostile) {
        const before = process.cpuUsage();
        const tree = parse_mrkdwn(text);
        const used = process.cpuUsage(before);
        assert.ok(Array.isArray(tree));
        // Linear takes some milliseconds; quadratic would take minutes.
        assert.ok(used.user + used.system < 5_000_000, `${text.slice(0, 8)}…: ${used.user} µs`);
    }
});

test("markup: for editing it is as one would type it", () => {
    const names = {
        people: { U0ADA: { name: "ada" } },
        channels: { C0GENERAL: { name: "general" } },
        groups: { S0ONCALL: { handle: "oncall" } },
    };
    assert.equal(
        typed_text("<@U0ADA> in <#C0GENERAL|general>, <!subteam^S0ONCALL|@oncall> &amp; <@U0NONE>: <https://a.example>", names),
        "@ada in #general, @oncall & <@U0NONE>: https://a.example",
    );
    assert.equal(readable("&amp;lt;"), "&lt;");
});
