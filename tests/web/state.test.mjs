// What the page knows, and how the sandbox's frames change it, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { command_of, completions } from "../../web/sandbox/completion.js";
import { problems_of, values_for, values_to_send } from "../../web/sandbox/form_values.js";
import { history_key } from "../../web/sandbox/histories.js";
import { first_unread, message_items } from "../../web/sandbox/message_items.js";
import { day_words, date_pattern_words, input_parts, now_of, seconds_of_parts } from "../../web/sandbox/moments.js";
import { initial_state, reduce } from "../../web/sandbox/state.js";

const channel = "C0GENERAL";
const user = "U0ADA";
const message = (ts, more = {}) => ({ ts, user: "U0BEN", text: `at ${ts}`, reactions: [], ephemeral: false, ...more });
const texts = (state, thread = null) => state.histories[history_key(channel, user, thread)].messages.map(({ text }) => text);
const play = (frames, state = initial_state) => frames.reduce(reduce, state);
const requested = { type: "history_requested", channel, user };
const answered = (messages, more = {}) => ({
    type: "history_answered", key: history_key(channel, user), messages, older: 0, ...more,
});

test("a history is what was read, and every change since", () => {
    const read = play([requested, answered([message("1.0"), message("2.0")])]);
    assert.deepEqual(texts(read), ["at 1.0", "at 2.0"]);
    const changed = play([
        { type: "message", channel, message: message("3.0") },
        { type: "message", channel, message: message("2.0", { text: "two" }) },
        { type: "message_gone", channel, ts: "1.0" },
        { type: "message", channel: "C0OTHER", message: message("4.0") },
        { type: "message", channel, message: message("5.0", { thread_ts: "2.0" }) },
        { type: "ephemeral", channel, to: "U0BEN", message: message("6.0", { ephemeral: true }) },
        { type: "ephemeral", channel, to: user, message: message("7.0", { ephemeral: true }) },
    ], read);
    assert.deepEqual(texts(changed), ["two", "at 3.0", "at 7.0"]);
    assert.deepEqual(texts(read), ["at 1.0", "at 2.0"], "nothing is changed in place");
});

test("what changes while a history is on its way is not lost, and not undone by the older answer", () => {
    const state = play([
        requested,
        { type: "message", channel, message: message("2.0", { text: "newer" }) },
        { type: "message_gone", channel, ts: "1.0" },
        answered([message("1.0"), message("2.0")]),
    ]);
    assert.deepEqual(texts(state), ["newer"]);
});

test("an older page goes before what is known, once", () => {
    const state = play([
        requested,
        answered([message("3.0"), message("4.0")], { older: 2 }),
        answered([message("1.0"), message("2.0"), message("3.0")], { older: 0, is_older_page: true }),
    ]);
    assert.deepEqual(texts(state), ["at 1.0", "at 2.0", "at 3.0", "at 4.0"]);
});

test("a new hello makes everything that was known stale", () => {
    const hello = { type: "hello", team: { id: "T", name: "Team" }, app: initial_state.app, people: [], channels: [], groups: [],
        clock: initial_state.clock, teammates: initial_state.teammates, faults: {}, offline: false,
        connection: initial_state.connection, unread: { [user]: { [channel]: 3 } } }; // prettier-ignore
    const state = play([requested, answered([message("1.0")]), hello]);
    assert.equal(state.generation, 1);
    assert.equal(state.unread[user][channel], 3);
    const read = play([{ type: "unread", user, channel, count: 0 }], state);
    assert.equal(read.unread[user]?.[channel] ?? 0, 0);
});

test("messages of one person in a row are one group, until the day, the person or five minutes pass", () => {
    const day = 1_770_039_000;
    const at = (seconds, more) => message(`${day + seconds}.000000`, more);
    const items = message_items(
        [at(0), at(60), at(70, { user: "U0ADA" }), at(80, { user: "U0ADA", ephemeral: true }), at(600), at(90_000)],
        "Europe/Berlin",
        `${day + 600}.000000`,
    );
    assert.deepEqual(items.map(({ is_compact }) => is_compact), [false, true, false, false, false, false]);
    assert.deepEqual(items.map(({ day_starts }) => day_starts), [true, false, false, false, false, true]);
    assert.equal(items[4].is_new, true);
});

test("what is new begins at the last messages of others", () => {
    const messages = [message("1.0"), message("2.0"), message("3.0", { user }), message("4.0")];
    assert.equal(first_unread(messages, 0, user), null);
    assert.equal(first_unread(messages, 2, user), "2.0");
    assert.equal(first_unread(messages, 99, user), null);
});

const workspace = {
    app: { commands: [{ command: "/ack", description: "ask" }, { command: "/ackd", description: "the bot" }] },
    people: {
        U0ADA: { id: "U0ADA", name: "ada", real_name: "Ada Okafor" },
        U0DANA: { id: "U0DANA", name: "dana", real_name: "Dana Petrova" },
        U0OLAF: { id: "U0OLAF", name: "olaf", real_name: "Olaf", is_deactivated: true },
    },
    groups: { S1: { id: "S1", handle: "oncall", name: "On call", members: ["U0ADA"] } },
    channels: {
        C1: { id: "C1", name: "general", kind: "public", members: [], topic: "" },
        C2: { id: "C2", name: "leads", kind: "private", members: ["U0DANA"], topic: "" },
    },
}; // prettier-ignore

const offered = (text, me = { id: "U0ADA" }) =>
    completions(text, text.length, workspace, me)?.options.map(({ label }) => label) ?? [];

test("a half-typed name is completed: commands at the beginning, people and groups, channels that one sees", () => {
    assert.deepEqual(offered("/a"), ["/ack", "/ackd"]);
    assert.deepEqual(offered("see /a"), []);
    assert.deepEqual(offered("/ack @da"), ["@dana", "@ada"]);
    assert.deepEqual(offered("ask @pet"), ["@dana"]);
    assert.deepEqual(offered("@on"), ["@oncall"]);
    assert.deepEqual(offered("@olaf"), []);
    assert.deepEqual(offered("mail@da"), []);
    assert.deepEqual(offered("#"), ["#general"]);
    assert.deepEqual(offered("#", { id: "U0DANA" }), ["#general", "#leads"]);
    assert.equal(command_of("/ack @ada", workspace).command, "/ack");
    assert.equal(command_of("/nonsense", workspace), undefined);
    assert.equal(command_of("no command", workspace), null);
    const without_manifest = { app: { commands: [], takes_any_command: true } };
    assert.equal(command_of("/anything goes", without_manifest).command, "/anything");
});

const form = {
    blocks: [
        { type: "input", block_id: "who", element: { type: "multi_users_select", action_id: "people" } },
        { type: "input", block_id: "what", element: { type: "plain_text_input", action_id: "text", min_length: 3 } },
        { type: "input", block_id: "many", optional: true, element: { type: "number_input", action_id: "count", max_value: "5" } },
        { type: "input", block_id: "how", element: { type: "static_select", action_id: "level", initial_option: { value: "today" } } },
    ],
}; // prettier-ignore

test("a form knows its initial values, and what is missing or wrong, field by field", () => {
    const values = values_for(form);
    assert.equal(values["how/level"], "today");
    assert.deepEqual(Object.keys(problems_of(form, values)), ["who", "what"]);
    const entered = { ...values, "who/people": ["U0ADA"], "what/text": "ab", "many/count": "7" };
    assert.deepEqual(problems_of(form, entered), {
        what: "This needs at least 3 characters.",
        many: "This must be 5 or less.",
    });
    assert.deepEqual(problems_of(form, { ...entered, "what/text": "abc", "many/count": "" }), {});
    assert.equal(values_to_send({ "what/text": "" })["what/text"], null);
    assert.equal(values_for(form, { "what/text": "kept" })["what/text"], "kept");
});

test("instants are shown where the person is, also on the day that the clocks go forward", () => {
    const noon = Date.UTC(2026, 1, 2, 12) / 1000;
    assert.equal(day_words(noon - 86_400, "Europe/Berlin", noon), "Yesterday");
    assert.equal(date_pattern_words(noon, "{date_num} {time}", "Asia/Tokyo", noon), "2026-02-02 21:00");
    assert.equal(date_pattern_words(noon, "{date_of_tomorrow}", "Asia/Tokyo", noon), null);
    for (const text of ["2026-03-29 03:30", "2026-07-01 00:00", "2026-10-25 12:00"]) {
        const [date, time] = text.split(" ");
        const seconds = seconds_of_parts(date, time, "Europe/Berlin");
        assert.deepEqual(input_parts(seconds, "Europe/Berlin"), { date, time });
    }
    assert.equal(seconds_of_parts("no date", "", "Europe/Berlin"), null);
});

test("the clock runs as fast as it was told, and stands still while it is paused", () => {
    const clock = { now: "1000.0", scale: 60, is_paused: false };
    assert.equal(now_of(clock, 5_000, 6_000), 1060);
    assert.equal(now_of({ ...clock, is_paused: true }, 5_000, 6_000), 1000);
});
