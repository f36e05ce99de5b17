// Whatever people, apps and other programs put into the workspace is shown as text: no script runs, nothing is hidden,
// nothing breaks the page. What the API does not take, it refuses with an error that names the member.
import assert from "node:assert/strict";
import { test } from "node:test";
import { App } from "./app.mjs";
import { limits, phone, picture, set_stage } from "./browser.mjs";
import { eventually, see } from "./visitor.mjs";

const stage = set_stage(() => App.in_workspace());
const plain = (text) => ({ type: "plain_text", text });

/// Markup that would set `window.owned` if any of it were taken for HTML or for a program.
const markup = `<img src=x onerror="owned=1"><script>owned=2</script><svg onload="owned=3"><b>bold</b> "'\`&lt;&amp;`;

async function no_script_ran(visitor) {
    assert.equal(await visitor.page.evaluate(() => typeof window.owned), "undefined");
    assert.equal(await visitor.page.evaluate(() => document.querySelectorAll("#page script, #page svg, #page iframe, #page img, #page b").length), 0);
}

test("HTML that somebody types is shown to the letter", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say(markup);
    await see(visitor.message('<img src=x onerror="owned=1"><script>owned=2</script>'));
    await see(visitor.message("<b>bold</b> \"'`"));
    await no_script_ran(visitor);
    await picture(visitor, "hostile-html");
});

test("HTML in everything that an app and a profile can hold is shown to the letter", limits, async (t) => {
    const { world } = stage;
    await world.call("user", { name: "mallory", real_name: "<b>Mallory</b>", title: markup, status_text: markup, tz: "Europe/Berlin" });
    await world.call("channel", { name: "traps", members: ["mallory", "ada", "ackd"], topic: markup, purpose: markup });
    const blocks = [
        { type: "header", text: plain(markup) },
        { type: "section", text: { type: "mrkdwn", text: `${markup} <javascript:owned=4|press me> <https://example.com/"onmouseover="owned=5|a "link"> <@U<b>0> <!date^9999999999999^{date}|${"<i>"}>` } },
        { type: "image", image_url: "javascript:owned=6", alt_text: markup },
        { type: "context", elements: [{ type: "image", image_url: "https://example.com/x.png", alt_text: markup }] },
        { type: "actions", elements: [
            { type: "button", action_id: "a", url: "javascript:owned=7", text: plain("<b>press</b>"), accessibility_label: "<b>press</b>" },
            { type: "static_select", action_id: "b", placeholder: plain("<b>choose</b>"), options: [{ text: plain("<b>option</b>"), value: "<b>", description: plain("<i>what</i>") }] },
        ] },
        { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "link", url: "javascript:owned=8", text: "rich link" }, { type: "<b>leaf</b>", text: markup }] }] },
    ];
    await world.as_app("chat.postMessage", { channel: "C0GENERAL", text: "traps", blocks });
    const visitor = await stage.visit(t);
    await see(visitor.main.getByRole("heading", { name: /^<img src=x onerror=/ }));
    const message = visitor.message("press me");
    assert.equal(await message.getByRole("link", { name: "press me" }).count(), 0);
    assert.equal(await message.getByRole("link", { name: "rich link" }).count(), 0);
    assert.equal(await message.getByRole("link", { name: 'a "link"' }).getAttribute("onmouseover"), null);
    await message.getByRole("button", { name: "<b>press</b>" }).click();
    await world.app.action("a");
    await message.getByRole("button", { name: "<b>choose</b>" }).click();
    await see(visitor.page.getByRole("option", { name: /<b>option<\/b>/ }));
    await visitor.page.keyboard.press("Escape");
    await visitor.be("mallory");
    await see(visitor.places.getByText("<b>Mallory</b>"));
    await visitor.open("traps");
    await visitor.top.getByRole("button", { name: "Wire" }).click();
    await visitor.panel.getByRole("searchbox").fill("chat.postMessage");
    await visitor.panel.getByRole("button", { name: /chat.postMessage/ }).last().click();
    await see(visitor.panel.getByText('"blocks"'));
    await no_script_ran(visitor);
    await picture(visitor, "hostile-everything");
});

test("text from right to left does not turn round what stands beside it", limits, async (t) => {
    const visitor = await stage.visit(t);
    await stage.world.say("ben", "שלום עולם (hello) 123");
    await stage.world.say("ben", "invoice \u202Egpj.exe\u202C and \u2066isolated\u2069");
    const hebrew = visitor.message("שלום עולם");
    await see(hebrew);
    const [author, words] = [hebrew.getByText("ben", { exact: true }), hebrew.getByText("שלום")];
    assert.ok((await author.boundingBox()).x < (await hebrew.getByText(/^\d\d:\d\d$/).boundingBox()).x);
    assert.equal(await words.evaluate((element) => getComputedStyle(element).direction), "rtl");
    const attack = visitor.message("gpj.exe");
    assert.match(await attack.innerText(), /invoice\s+RLO\s*gpj\.exe\s*PDF\s+and\s+LRI\s*isolated\s*PDI/);
    assert.doesNotMatch(await attack.innerText(), /[\u202a-\u202e\u2066-\u2069]/);
    await picture(visitor, "hostile-bidi");
});

test("a name cannot turn round the line it stands in", limits, async (t) => {
    await stage.world.call("user", { name: "rtl", real_name: "\u202Eevil\u202C eman", status_text: "\u202Eaway", tz: "Asia/Jerusalem" });
    await stage.world.call("member", { channel: "#general", user: "@rtl" });
    await stage.world.say("rtl", "who am I?");
    const visitor = await stage.visit(t);
    await visitor.be("rtl");
    await see(visitor.places.getByText("RLO").first());
    const shown = await visitor.page.evaluate(() => [
        document.title, document.body.innerText,
        ...[...document.querySelectorAll("[title],[aria-label]")].flatMap((each) => [each.title, each.ariaLabel ?? ""]),
    ]);
    assert.deepEqual(shown.filter((text) => /[\u202a-\u202e\u2066-\u2069]/.test(text)), []);
});

test("40,000 characters are shown in part, then wholly", limits, async (t) => {
    const text = `begin ${"word ".repeat(7996)}the end.`.slice(0, 40_000).padEnd(40_000, ".");
    await stage.world.say("ben", text);
    const visitor = await stage.visit(t);
    const message = visitor.message("begin word word");
    await message.getByRole("button", { name: "Show all 40,000 characters" }).click();
    await eventually("all of it is there", async () => (await message.innerText()).replace(/\s+/g, "").length >= 40_000 * 0.75);
    assert.equal(await visitor.scrolls_sideways(), false);
    await message.getByRole("button", { name: "Show less" }).click();
    await see(message.getByRole("button", { name: "Show all 40,000 characters" }));
});

for (const [where, size] of [["on a wide screen", undefined], ["on a phone", phone]]) {
    test(`long words, piles of accents, many lines and control characters stay in their place ${where}`, limits, async (t) => {
        const { world } = stage;
        const zalgo = [..."zalgo comes"].map((letter) => letter + "\u0310\u0316\u035c".repeat(20)).join("");
        await world.say("ben", `long ${"W".repeat(3000)} word`);
        await world.say("ben", `https://example.com/${"path/".repeat(400)}`);
        await world.say("ben", `${zalgo} after it`);
        await world.say("ben", `bell \u0007 and escape \u001b[31m and null-like \u007f`);
        await world.say("ben", `\`\`\`${"code ".repeat(300)}\`\`\``);
        await world.as_app("chat.postMessage", { channel: "C0GENERAL", text: "x", blocks: [
            { type: "header", text: plain("H".repeat(150)) },
            { type: "section", text: plain("S".repeat(2900)), accessory: { type: "button", action_id: "long", text: plain("B".repeat(75)) } },
            { type: "section", fields: [plain("F".repeat(400)), plain("G".repeat(400))] },
            { type: "context", elements: [plain("C".repeat(500))] },
        ] });
        const last = await world.say("ben", "and then came this");
        const visitor = await stage.visit(t, { size });
        const message = visitor.page.locator(`[data-ts="${last}"]`);
        await see(message);
        assert.equal(await visitor.scrolls_sideways(), false);
        const { width } = visitor.page.viewportSize();
        const too_wide = await visitor.main.getByRole("article").evaluateAll((rows, width) => rows.filter((row) => row.getBoundingClientRect().right > width + 1).length, width);
        assert.equal(too_wide, 0);
        // The last message is not covered by what is above it.
        const box = await message.getByText("and then came this").boundingBox();
        const is_on_top = await message.evaluate((row, [x, y]) => row.contains(document.elementFromPoint(x, y)), [box.x + 5, box.y + box.height / 2]);
        assert.ok(is_on_top);
        await visitor.message("after it").last().scrollIntoViewIfNeeded();
        await picture(visitor, `hostile-long${size ? "-phone" : ""}`);
        assert.match(await visitor.message("bell").last().innerText(), /bell \u2407 and escape \u241b\[31m and null-like \u2421/);
    });
}

test("broken UTF-8 is refused as such, and what is there stays", limits, async (t) => {
    const visitor = await stage.visit(t);
    const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
    const [before, after] = ['{"channel":"#general","user":"@ben","text":"broken ', ' text"}'];
    for (const broken of [[0xff, 0xfe], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf5, 0x80, 0x80, 0x80]]) {
        const answer = await stage.world.ask("post", bytes(before, broken, after));
        assert.equal(answer.ok, false, `bytes ${broken}`);
        assert.match(answer.error, /UTF-8|JSON/);
    }
    await stage.world.ask("post", `${before}\\ud800${after}`); // refused, or shown as U+FFFD
    await stage.world.say("ben", "whole again");
    await see(visitor.message("whole again"));
    assert.doesNotMatch(await visitor.main.innerText(), /[\ud800-\udfff](?![\udc00-\udfff])/);
    await visitor.say("and \u{1f600} as ever");
    await see(visitor.message("and 😀 as ever"));
});

test("frames that a page should not send do not disturb the sandbox, and others stay live", limits, async (t) => {
    const visitor = await stage.visit(t);
    const answers = await visitor.page.evaluate(async () => {
        const frames = ["", "{", "[]", "null", '{"type":7}', '{"type":"nonsense"}', '{"type":"watch_wire"}', '{"type":"watch_wire","on":"yes"}', "x".repeat(2_000_000), new Uint8Array([0xff, 0xfe])];
        const open_and_send = (frame) => new Promise((resolve) => {
            const socket = new WebSocket(new URL("/page/live", location.href.replace(/^http/, "ws")));
            socket.binaryType = "arraybuffer";
            let is_greeted = false;
            socket.onmessage = (event) => {
                const { type, error } = JSON.parse(event.data);
                if (!is_greeted) {
                    is_greeted = true;
                    socket.send(frame);
                    socket.send('{"type":"watch_wire","on":true}');
                } else if (type === "wire" || error) {
                    socket.close();
                    resolve("goes on");
                }
            };
            socket.onclose = () => resolve("closed");
        });
        return Promise.all(frames.map(open_and_send));
    });
    assert.deepEqual(new Set(answers).size <= 2, true);
    await stage.world.say("ben", "still there?");
    await see(visitor.message("still there?"));
});

// --- the API refuses, and names what is wrong --------------------------------------------------------------------------

const general = "#general";
const ada = "@ada";
const unknown_ts = "1700000000.000100";
/// [route, body, the member that the error names]
const refusals = [
    ["post", { user: ada, text: "x" }, "channel"],
    ["post", { channel: general, text: "x" }, "user"],
    ["post", { channel: general, user: ada }, "text"],
    ["post", { channel: general, user: ada, text: "" }, "text"],
    ["post", { channel: general, user: ada, text: 7 }, "text"],
    ["post", { channel: 7, user: ada, text: "x" }, "channel"],
    ["post", { channel: "#nowhere", user: ada, text: "x" }, "channel"],
    ["post", { channel: general, user: "@nobody", text: "x" }, "user"],
    ["post", { channel: general, user: "@ackd", text: "x" }, "user"],
    ["post", { channel: general, user: ada, text: "x", thread_ts: "yesterday" }, "thread_ts"],
    ["post", { channel: general, user: ada, messages: "many" }, "messages"],
    ["post", { channel: general, user: ada, text: "x", colour: "red" }, "colour"],
    ["edit", { channel: general, ts: 7, text: "x" }, "ts"],
    ["edit", { channel: general, ts: "$ts" }, "text"],
    ["delete", { channel: general, ts: "x" }, "ts"],
    ["react", { channel: general, ts: "$ts", user: ada }, "name"],
    ["press", { channel: general, ts: "$ts", user: ada }, "action_id"],
    ["press", { channel: general, ts: "$ts", user: ada, action_id: "none" }, "none"],
    ["press", { view: "V0NOPE", user: ada, action_id: "x" }, "view"],
    ["command", { channel: general, user: ada }, "command"],
    ["command", { channel: general, user: ada, command: "ack" }, "command"],
    ["submit", { user: ada, values: "all" }, "values"],
    ["shortcut", { user: ada }, "callback_id"],
    ["shortcut", { user: ada, callback_id: "x", channel: general, ts: "x" }, "ts"],
    ["open_home", { user: ada, tab: "cellar" }, "tab"],
    ["history", { channel: general, user: ada, limit: 501 }, "limit"],
    ["history", { channel: general, user: ada, limit: "many" }, "limit"],
    ["history", { channel: general, user: ada, before: "x" }, "before"],
    ["history", { channel: general, user: ada, thread: unknown_ts }, "thread"],
    ["history", { channel: "C0LEADS", user: "@ines" }, "user"],
    ["forms", { user: "@nobody" }, "user"],
    ["read", { user: ada, channel: "#nowhere" }, "channel"],
    ["time", {}, "scale"],
    ["time", { scale: -1 }, "scale"],
    ["time", { scale: 3601 }, "scale"],
    ["time", { scale: "fast" }, "scale"],
    ["time", { to: "tomorrow" }, "to"],
    ["time", { to_local: "25:00", user: ada }, "to_local"],
    ["time", { to_local: "09:00" }, "user"],
    ["time", { to_next: "yes" }, "to_next"],
    ["teammates", { active: "yes" }, "active"],
    ["teammates", { user: ada, take_over: 1 }, "take_over"],
    ["offline", {}, "on"],
    ["offline", { on: "yes" }, "on"],
    ["faults", { drop_event: 2 }, "drop_event"],
    ["faults", { drop_event: "often" }, "drop_event"],
    ["faults", { explode: 1 }, "explode"],
    ["faults", { answer_429: 1, methods: 7 }, "methods"],
    ["disconnect", { reason: 7 }, "reason"],
    ["user", { name: "Not A Name" }, "name"],
    ["user", { name: "zoe", tz: 7 }, "tz"],
    ["user", { name: "zoe", real_name: "x".repeat(1001) }, "real_name"],
    ["user", { name: "zoe", shoe_size: 42 }, "shoe_size"],
    ["channel", { name: "Not A Name" }, "name"],
    ["channel", { name: "ops", members: ["nobody"] }, "members"],
    ["group", { users: ["ada"] }, "handle"],
    ["group", { handle: "oncall", users: "ada" }, "users"],
    ["rate_limits", { mode: "sometimes" }, "mode"],
    ["wait", { timeout_ms: -1 }, "timeout_ms"],
    ["expect", { channel: general }, "contains"],
    ["home", { user: 7 }, "user"],
    ["post", { channel: general, user: ada, text: "x".repeat(40_001) }, "text"],
    ["post", { channel: general, user: ada, text: "x", thread_ts: unknown_ts }, "thread_ts"],
    ["post", { channel: general, user: ada, text: "x", broadcast: "yes" }, "broadcast"],
    ["post", { channel: general, user: ada, text: "x", raw: 1 }, "raw"],
    ["edit", { channel: general, ts: unknown_ts, text: "x" }, "ts"],
    ["delete", { channel: general, ts: unknown_ts }, "ts"],
    ["react", { channel: general, ts: unknown_ts, user: ada, name: "eyes" }, "ts"],
    ["react", { channel: general, ts: "$ts", user: ada, name: "no such thing!" }, "name"],
    ["react", { channel: general, ts: "$ts", user: ada, name: "eyes", remove: "yes" }, "remove"],
    ["press", { view: 7, user: ada, action_id: "x" }, "view"],
    ["command", { channel: general, user: ada, command: "/ack", text: 7 }, "text"],
    ["disconnect", { cut: "yes" }, "cut"],
    ["channel", { name: "ops", private: "yes" }, "private"],
    ["channel", { name: "ops-2", topic: 7 }, "topic"],
    ["channel", { channel: general, rename: 7 }, "rename"],
    ["channel", { channel: general, archive: "yes" }, "archive"],
    ["member", { channel: general, user: ada, leave: "yes" }, "leave"],
    ["group", { handle: "oncall", disabled: "yes" }, "disabled"],
];

test("the API refuses what is wrong, and names the member", limits, async () => {
    const ts = await stage.world.say("ada", "something to point at");
    const wrong = [];
    for (const [route, body, member] of refusals) {
        const filled = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, value === "$ts" ? ts : value]));
        const answer = await stage.world.ask(route, filled);
        const shown = `${route} ${JSON.stringify(body).slice(0, 90)}`;
        if (answer.ok) wrong.push(`${shown}: taken`);
        else if (!new RegExp(`(\\b|_)${member}\\b`).test(answer.error)) wrong.push(`${shown}: "${answer.error}" does not name ${member}`);
    }
    assert.equal(wrong.join("\n"), "");
});
