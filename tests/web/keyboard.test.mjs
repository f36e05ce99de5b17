// The main job with the keyboard alone: every stop is seen, everything is reached, and Escape always leads back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { eventually, see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());
const stops_max = 80;

const has_focus = (locator) => locator.evaluate((element) => element === document.activeElement);
const is_focused = (locator) => eventually("it has the focus", () => has_focus(locator));

/// What is wrong with where the focus is: it must be on the screen, on top, and look different from when it is not there.
function focus_problem(page) {
    return page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null; // between the end of the page and its beginning
        const label = element.ariaLabel ?? element.labels?.[0]?.innerText ?? element.innerText;
        const name = `${[element.tagName.toLowerCase(), element.type].filter(Boolean).join(" ")} "${(label ?? "").slice(0, 40)}"`;
        const box = element.getBoundingClientRect();
        if (box.width === 0 || box.height === 0 || box.bottom <= 0 || box.top >= innerHeight) return `${name} is not on the screen`;
        const has_outline = (each) => getComputedStyle(each).outlineStyle !== "none" && parseFloat(getComputedStyle(each).outlineWidth) >= 1;
        const has_ring = (each) => has_outline(each) || getComputedStyle(each).boxShadow !== "none";
        // The field of a composer is framed as a whole.
        if (!has_ring(element) && !element.closest(":focus-within:not(body):not(main)")?.matches(".composer-field")
            && !has_ring(element.parentElement)) return `${name} has no visible focus`;
        return null;
    });
}

/// Goes there by Tab (or Shift+Tab), and looks at every stop on the way.
async function go_to(visitor, locator, key = "Tab") {
    const stops = [];
    for (let stop = 0; stop < stops_max; ++stop) {
        if ((await locator.count()) > 0 && (await has_focus(locator.first()))) return;
        await visitor.page.keyboard.press(key);
        const problem = await focus_problem(visitor.page);
        assert.equal(problem, null);
        stops.push(await visitor.page.evaluate(() => (document.activeElement.ariaLabel ?? document.activeElement.innerText).slice(0, 20)));
    }
    assert.fail(`not reached by ${key}: ${locator}; the stops were ${stops.join(" | ")}`);
}

test("ada asks, ben answers on the card: without a mouse", limits, async (t) => {
    const visitor = await stage.visit(t);
    const { page } = visitor;
    await is_focused(visitor.composer);
    await page.keyboard.type("/ack @ben please read the release plan");
    await page.keyboard.press("Enter");
    const card = visitor.message("ada needs an answer from ben");
    await see(card);
    await is_focused(visitor.composer);

    await go_to(visitor, visitor.person("ben"), "Shift+Tab");
    await picture(visitor, "keyboard-person");
    await page.keyboard.press("Enter");
    await see(visitor.main.getByRole("textbox", { name: "Message #general as ben" }));
    await go_to(visitor, card.getByRole("button", { name: "Got it", exact: true }), "Tab");
    await picture(visitor, "keyboard-card");
    await page.keyboard.press("Enter");
    await see(card.getByText("1 of 1 received"));
});

test("messages are walked by arrows, and their tools are there for the one that has the focus", limits, async (t) => {
    const visitor = await stage.visit(t);
    const { page } = visitor;
    for (const words of ["first of three", "second of three", "third of three"]) await visitor.say(words);
    const third = visitor.message("third of three");
    await see(third);
    await go_to(visitor, third, "Shift+Tab");
    await page.keyboard.press("ArrowUp");
    await is_focused(visitor.message("second of three"));
    await picture(visitor, "keyboard-message");
    await go_to(visitor, page.getByRole("button", { name: "React: done" }));
    await page.keyboard.press("Space");
    await see(visitor.message("second of three").getByRole("button", { name: /white check mark 1/ }));

    await go_to(visitor, visitor.message("second of three").getByRole("button", { name: "More" }));
    await page.keyboard.press("Enter");
    await see(page.getByRole("option", { name: "Edit" }));
    await page.keyboard.press("Escape");
    await see_no(page.getByRole("option", { name: "Edit" }));
    await is_focused(visitor.message("second of three").getByRole("button", { name: "More" }));
    await page.keyboard.press("ArrowDown");
    await see(page.getByRole("option", { name: "Edit" }));
    while (!(await page.getByRole("option", { name: "Edit" }).getAttribute("class")).includes("is-active")) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await is_focused(visitor.main.getByRole("textbox", { name: "Edit the message" }));
    await page.keyboard.type(", as it were");
    await page.keyboard.press("Enter");
    await see(visitor.message("second of three, as it were"));
});

test("a form keeps the focus inside, Escape closes it, and the focus is where it was", limits, async (t) => {
    const visitor = await stage.visit(t);
    const { page, form } = visitor;
    t.after(() => stage.world.ask("close_form", { user: "@ada" }));
    await is_focused(visitor.composer);
    await page.keyboard.type("/ack");
    await page.keyboard.press("Enter");
    await is_focused(form.getByRole("textbox", { name: "What" }));
    await page.keyboard.type("please test the brakes");
    for (const key of ["Tab", "Shift+Tab"]) {
        for (let stop = 0; stop < 25; ++stop) {
            await page.keyboard.press(key);
            assert.equal(await focus_problem(page), null);
            assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null));
        }
    }
    await go_to(visitor, form.getByRole("button", { name: /^Who/ }));
    await page.keyboard.press("Enter");
    await is_focused(page.getByRole("combobox", { name: /^Narrow/ }));
    await page.keyboard.type("eli");
    await see(page.getByRole("option", { name: /@eli/ }));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await see(form.getByRole("button", { name: /^Remove Eli/ }));
    await see(form.getByRole("heading", { name: "Ask for acknowledgement" }));
    await go_to(visitor, form.getByRole("button", { name: "Ask" }));
    await page.keyboard.press("Enter");
    await see(visitor.message("please test the brakes"));
    await is_focused(visitor.composer);

    await page.keyboard.type("/ack");
    await page.keyboard.press("Enter");
    await is_focused(form.getByRole("textbox", { name: "What" }));
    await page.keyboard.press("Escape");
    await see_no(form);
    await is_focused(visitor.composer);
});

test("places, tabs and panels are reached and left by keys", limits, async (t) => {
    const visitor = await stage.visit(t);
    const { page, panel } = visitor;
    await go_to(visitor, visitor.place("Home"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await go_to(visitor, visitor.main.getByRole("tab", { name: "Home" }));
    await page.keyboard.press("ArrowRight");
    await is_focused(visitor.main.getByRole("tab", { name: "Messages" }));
    await see(visitor.main.getByRole("textbox", { name: "Message ackd as ada" }));

    await go_to(visitor, visitor.top.getByRole("button", { name: "Wire" }));
    await page.keyboard.press("Enter");
    await go_to(visitor, panel.getByRole("tab", { name: "Wire" }));
    await page.keyboard.press("ArrowRight");
    await is_focused(panel.getByRole("tab", { name: "Faults" }));
    await go_to(visitor, panel.getByRole("switch", { name: /^Drop/ }));
    await page.keyboard.press("Space");
    await eventually("it is on", () => panel.getByRole("switch", { name: /^Drop/ }).isChecked());
    await page.keyboard.press("Space");
    await eventually("it is off", async () => !(await panel.getByRole("switch", { name: /^Drop/ }).isChecked()));
    await go_to(visitor, panel.getByRole("button", { name: "Close this panel" }), "Shift+Tab");
    await page.keyboard.press("Enter");
    await see_no(panel);
});
