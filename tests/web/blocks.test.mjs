// Block Kit: every block and element that the sandbox lets an app post is drawn and works, and what the page does not
// draw is shown for what it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { App } from "./app.mjs";
import { limits, picture, set_stage } from "./browser.mjs";
import { eventually, see, see_no } from "./visitor.mjs";

const stage = set_stage(() => App.in_workspace());
const channel = "C0GENERAL";
const plain = (text) => ({ type: "plain_text", text, emoji: true });
const mrkdwn = (text) => ({ type: "mrkdwn", text });
const option = (name) => ({ text: plain(name), value: name.toLowerCase() });
const options = ["Red", "Green", "Blue"].map(option);
const pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// A visitor, and the message with those blocks before them.
async function shown(t, text, blocks) {
    const { ts } = await stage.world.as_app("chat.postMessage", { channel, text, blocks });
    const visitor = await stage.visit(t);
    const message = visitor.page.locator(`[data-ts="${ts}"]`);
    await see(message);
    return { visitor, message };
}

test("texts: header, section, fields, divider, context, image", limits, async (t) => {
    const { visitor, message } = await shown(t, "texts", [
        { type: "header", text: plain("The :rocket: release") },
        { type: "section", text: mrkdwn("*bold* _italic_ ~struck~ `code`\n> quoted\n```\nas it is\n``` <!date^1770000000^{date_short}|some day> <@U0BEN> <#C0PLATFORM> <!subteam^S0ONCALL|@oncall> <!here>") },
        { type: "section", fields: [mrkdwn("*Owner*\nada"), plain("*not bold*")] },
        { type: "divider" },
        { type: "section", text: plain("with a picture"), accessory: { type: "image", image_url: pixel, alt_text: "a pixel" } },
        { type: "context", elements: [{ type: "image", image_url: "https://example.com/x.png", alt_text: "from elsewhere" }, mrkdwn("a note")] },
        { type: "image", image_url: pixel, alt_text: "another pixel", title: plain("Figure 1") },
    ]);
    await see(
        message.getByRole("heading", { name: /The .* release/ }),
        message.getByRole("img", { name: "rocket" }),
        message.locator("strong", { hasText: "bold" }),
        message.locator("em", { hasText: "italic" }),
        message.locator("s", { hasText: "struck" }),
        message.locator("code", { hasText: "code" }),
        message.locator("blockquote", { hasText: "quoted" }),
        message.locator("pre", { hasText: "as it is" }),
        message.getByText("2 Feb 2026"),
        message.getByText("@ben"),
        message.getByRole("button", { name: "#platform" }),
        message.getByText("@oncall"),
        message.getByText("@here"),
        message.locator("strong", { hasText: "Owner" }),
        message.getByText("*not bold*"),
        message.getByRole("separator"),
        message.getByRole("img", { name: "a pixel" }),
        message.getByText("Picture: from elsewhere"),
        message.getByText("a note"),
        message.getByRole("figure").getByText("Figure 1"),
    );
    await picture(visitor, "blocks-texts");
});

test("rich text: sections, lists, quotes, preformatted, and every leaf", limits, async (t) => {
    const section = (...elements) => ({ type: "rich_text_section", elements });
    const text = (words, style) => ({ type: "text", text: words, ...(style && { style }) });
    const { visitor, message } = await shown(t, "rich", [{
        type: "rich_text",
        elements: [
            section(text("bold ", { bold: true }), text("italic ", { italic: true }), text("struck ", { strike: true }), text("code", { code: true })),
            section(
                { type: "user", user_id: "U0BEN" }, { type: "usergroup", usergroup_id: "S0ONCALL" }, { type: "channel", channel_id: "C0PLATFORM" },
                { type: "broadcast", range: "here" }, { type: "emoji", name: "tada" }, { type: "link", url: "https://example.com/", text: "a link" },
                { type: "date", timestamp: 1770000000, format: "{date_short}", fallback: "some day" }, { type: "color", value: "#FF0000" },
            ),
            { type: "rich_text_list", style: "ordered", elements: [section(text("first")), section(text("second"))] },
            { type: "rich_text_list", style: "bullet", indent: 1, elements: [section(text("deeper"))] },
            { type: "rich_text_quote", elements: [text("said somebody")] },
            { type: "rich_text_preformatted", elements: [text("let x = 1;")] },
            section({ type: "hologram", text: "from the future" }),
        ],
    }]);
    await see(
        message.locator("strong", { hasText: "bold" }), message.locator("em", { hasText: "italic" }),
        message.locator("s", { hasText: "struck" }), message.locator("code", { hasText: "code" }),
        message.getByText("@ben"), message.getByText("#platform"), message.getByText("@here"), message.getByRole("img", { name: "tada" }),
        message.getByRole("link", { name: "a link" }), message.getByText("2 Feb 2026"), message.getByText("#FF0000"),
        message.getByRole("listitem").filter({ hasText: "second" }), message.getByRole("listitem").filter({ hasText: "deeper" }),
        message.locator("blockquote", { hasText: "said somebody" }), message.locator("pre", { hasText: "let x = 1;" }),
        message.getByText("Not drawn here: hologram"),
    );
    await picture(visitor, "blocks-rich-text");
});

test("buttons tell the app their value; a dangerous one asks first", limits, async (t) => {
    const { visitor, message } = await shown(t, "buttons", [{
        type: "actions",
        elements: [
            { type: "button", action_id: "go", value: "42", style: "primary", text: plain("Go") },
            { type: "button", action_id: "site", value: "w", url: "https://example.com/", text: plain("Site") },
            {
                type: "button", action_id: "wipe", value: "all", style: "danger", text: plain("Wipe"),
                confirm: { title: plain("Wipe all?"), text: mrkdwn("It is *gone* then."), confirm: plain("Wipe it"), deny: plain("Keep it") },
            },
        ],
    }, {
        type: "section", text: mrkdwn("beside"), accessory: { type: "button", action_id: "beside", value: "b", text: plain("Beside") },
    }]);
    await message.getByRole("button", { name: "Go", exact: true }).click();
    assert.equal((await stage.world.app.action("go")).value, "42");
    await message.getByRole("button", { name: "Beside" }).click();
    assert.equal((await stage.world.app.action("beside")).value, "b");

    await message.getByRole("button", { name: "Wipe" }).click();
    const asked = visitor.page.getByRole("dialog", { name: "Wipe all?" });
    await see(asked.getByText("It is gone then."));
    await picture(visitor, "blocks-confirmation");
    await asked.getByRole("button", { name: "Keep it" }).click();
    await see_no(asked);
    assert.equal(stage.world.app.interactions.some((each) => each.actions?.[0].action_id === "wipe"), false);
    await message.getByRole("button", { name: "Wipe" }).click();
    await asked.getByRole("button", { name: "Wipe it" }).click();
    assert.equal((await stage.world.app.action("wipe")).value, "all");
});

test("menus offer what they hold, and tell the app what is chosen", limits, async (t) => {
    const menu = (type, more = {}) => ({ type, action_id: type, placeholder: plain(`the ${type}`), ...more });
    const { visitor, message } = await shown(t, "menus", [{
        type: "actions",
        elements: [
            menu("static_select", { option_groups: [{ label: plain("Warm"), options: [options[0]] }, { label: plain("Cold"), options: options.slice(1) }] }),
            menu("multi_static_select", { options, initial_options: [options[0]] }),
            menu("users_select"),
            menu("conversations_select"),
            menu("channels_select"),
            { type: "overflow", action_id: "overflow", options },
        ],
    }]);
    const { app } = stage.world;
    await visitor.choose(message.getByRole("button", { name: "the static_select" }), "Green");
    assert.equal((await app.action("static_select")).selected_option.value, "green");
    await message.getByRole("button", { name: "Red" }).click();
    await visitor.page.getByRole("option", { name: "Blue" }).click();
    await eventually("both are chosen", () =>
        app.interactions.some((each) => each.actions?.[0].selected_options?.map(({ value }) => value).join() === "red,blue"));
    await visitor.page.keyboard.press("Escape");
    await visitor.choose(message.getByRole("button", { name: "the users_select" }), /Ben/);
    assert.equal((await app.action("users_select")).selected_user, "U0BEN");
    await visitor.choose(message.getByRole("button", { name: "the conversations_select" }), "#platform-leads");
    assert.equal((await app.action("conversations_select")).selected_conversation, "C0LEADS");
    await visitor.choose(message.getByRole("button", { name: "the channels_select" }), "#random");
    assert.equal((await app.action("channels_select")).selected_channel, "C0RANDOM");
    await visitor.choose(message.getByRole("button", { name: "More actions" }), "Blue");
    assert.equal((await app.action("overflow")).selected_option.value, "blue");
    await picture(visitor, "blocks-menus");
});

test("dates, times, boxes and radio buttons tell the app what is set", limits, async (t) => {
    const { visitor, message } = await shown(t, "dates", [
        {
            type: "actions",
            elements: [
                { type: "datepicker", action_id: "day", initial_date: "2026-02-02", placeholder: plain("Day") },
                { type: "timepicker", action_id: "hour", placeholder: plain("Hour") },
                { type: "datetimepicker", action_id: "instant" },
            ],
        },
        { type: "section", text: plain("boxes"), accessory: { type: "checkboxes", action_id: "boxes", options: [{ ...options[0], description: plain("the warm one") }, options[1]] } },
        { type: "section", text: plain("radios"), accessory: { type: "radio_buttons", action_id: "radios", options, initial_option: options[2] } },
    ]);
    const { app } = stage.world;
    const set = message.getByRole("button", { name: "Set" });
    await message.getByLabel("Day").fill("2026-03-04");
    await set.click();
    assert.equal((await app.action("day")).selected_date, "2026-03-04");
    await message.getByLabel("Hour").fill("09:30");
    await set.click();
    assert.equal((await app.action("hour")).selected_time, "09:30");
    await message.getByLabel("Date", { exact: true }).fill("2026-02-03T09:00");
    await set.click();
    assert.equal((await app.action("instant")).selected_date_time, Date.UTC(2026, 1, 3, 8) / 1000, "nine o'clock where ada is, in Berlin");
    await see(message.getByText("the warm one"));
    await message.getByRole("checkbox", { name: /^Red/ }).check();
    assert.deepEqual((await app.action("boxes")).selected_options.map(({ value }) => value), ["red"]);
    assert.equal(await message.getByRole("radio", { name: "Blue" }).isChecked(), true);
    await message.getByRole("radio", { name: "Green" }).check();
    assert.equal((await app.action("radios")).selected_option.value, "green");
    await picture(visitor, "blocks-dates");
});

test("what the page does not draw is a labelled placeholder with its content", limits, async (t) => {
    const { visitor, message } = await shown(t, "unknown", [
        { type: "markdown", text: "# a heading of *markdown*" },
        { type: "input", label: plain("Not in messages"), element: { type: "plain_text_input", action_id: "x" } },
        { type: "actions", elements: [{ type: "external_select", action_id: "ext", placeholder: plain("from elsewhere") }] },
    ]);
    for (const [type, words] of [["markdown", "a heading"], ["input", "Not in messages"], ["external_select", "from elsewhere"]]) {
        const placeholder = message.getByRole("group").filter({ hasText: `Not drawn here: ${type}` });
        await see(placeholder.getByText(words));
    }
    await message.getByText("Not drawn here: markdown").click();
    await see(message.locator("pre").filter({ hasText: '"type": "markdown"' }));
    await picture(visitor, "blocks-unknown");
});

test("a form has every kind of field, checks what it can, and sends it all", limits, async (t) => {
    const field = (element, more = {}) => ({ type: "input", block_id: element.action_id, label: plain(`The ${element.action_id}`), element, ...more });
    const view = {
        type: "modal", callback_id: "every_field", title: plain("Every field"), submit: plain("Send it"), close: plain("Leave"),
        blocks: [
            { type: "section", text: mrkdwn("Fill in *all* of it.") },
            field({ type: "plain_text_input", action_id: "line", min_length: 3 }, { hint: plain("three letters") }),
            field({ type: "plain_text_input", action_id: "lines", multiline: true, initial_value: "so\nfar" }),
            field({ type: "email_text_input", action_id: "email" }),
            field({ type: "url_text_input", action_id: "url" }),
            field({ type: "number_input", action_id: "number", is_decimal_allowed: false, min_value: "1", max_value: "9" }),
            field({ type: "static_select", action_id: "colour", options }),
            field({ type: "multi_users_select", action_id: "people", max_selected_items: 2 }),
            field({ type: "conversations_select", action_id: "place", default_to_current_conversation: true }),
            field({ type: "datepicker", action_id: "day" }),
            field({ type: "checkboxes", action_id: "boxes", options }),
            field({ type: "radio_buttons", action_id: "radio", options }),
            field({ type: "plain_text_input", action_id: "extra" }, { optional: true }),
        ],
    };
    const { world } = stage;
    world.app.on_command = ({ trigger_id }) => world.as_app("views.open", { trigger_id, view });
    const visitor = await stage.visit(t);
    await world.call("command", { channel, user: "@ada", command: "/form" });
    const { form } = visitor;
    await see(form.getByRole("heading", { name: "Every field" }), form.getByText("three letters"));
    await picture(visitor, "blocks-form");
    const text = (name) => form.getByRole("textbox", { name: `The ${name}`, exact: true });
    await text("line").fill("ab");
    await text("email").fill("nobody");
    await text("url").fill("somewhere");
    await text("number").fill("12");
    await form.getByRole("button", { name: "Send it" }).click();
    for (const words of ["This needs at least 3 characters.", "This must be an e-mail address.", "This must be an address", "This must be 9 or less.", "Choose one.", "Choose at least one."]) {
        await see(form.getByRole("alert").filter({ hasText: words }));
    }
    await picture(visitor, "blocks-form-problems");
    await text("line").fill("abc");
    await text("email").fill("ada@example.com");
    await text("url").fill("https://example.com");
    await text("number").fill("7");
    await visitor.choose(form.getByRole("button", { name: /^The colour/ }), "Green");
    await form.getByRole("button", { name: /^The people/ }).click();
    for (const name of [/@ben/, /@chen/]) await visitor.page.getByRole("option", { name }).click();
    await visitor.page.keyboard.press("Escape");
    await form.getByRole("button", { name: "Remove Ben Whitlock" }).click();
    await form.getByLabel("The day").fill("2026-05-06");
    await form.getByRole("checkbox", { name: "Red" }).check();
    await form.getByRole("radio", { name: "Blue" }).check();
    await form.getByRole("button", { name: "Send it" }).click();
    const { values } = (await world.app.submission("every_field")).view.state;
    assert.equal(values.line.line.value, "abc");
    assert.equal(values.lines.lines.value, "so\nfar");
    assert.equal(values.email.email.value, "ada@example.com");
    assert.equal(values.url.url.value, "https://example.com");
    assert.equal(values.number.number.value, "7");
    assert.equal(values.colour.colour.selected_option.value, "green");
    assert.deepEqual(values.people.people.selected_users, ["U0CHEN"]);
    assert.equal(values.place.place.selected_conversation, channel);
    assert.equal(values.day.day.selected_date, "2026-05-06");
    assert.deepEqual(values.boxes.boxes.selected_options.map(({ value }) => value), ["red"]);
    assert.equal(values.radio.radio.selected_option.value, "blue");
    assert.equal(values.extra.extra.value ?? null, null);
    await see_no(form);
});
