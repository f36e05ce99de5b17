// A whole retro: a note, answers without names, themes, dots, an action with an owner and a date.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

/// The workspace's time goes on by so much.
async function pass(seconds) {
    const { now } = await stage.world.call("clock");
    await stage.world.call("time", { to: (Number(now) + seconds).toFixed(6) });
}

const menu = (visitor, label) => visitor.form.getByRole("button", { name: new RegExp(`^${label}`) });

/// Chooses one more in a menu of several.
async function choose_one(visitor, label, option) {
    await menu(visitor, label).click();
    await visitor.page.getByRole("option", { name: option }).click();
    await visitor.page.keyboard.press("Escape");
}

async function answer(visitor, message, words) {
    await message.getByRole("button", { name: "Answer" }).click();
    await see(visitor.form.getByRole("heading", { name: "Retro" }));
    await visitor.form.getByRole("textbox", { name: /^What did we take for granted/ }).fill(words);
    await visitor.form.getByRole("button", { name: "Send" }).click();
    await see_no(visitor.form);
}

/// The number under which these words are listed.
function number_of(words, listed) {
    const line = listed.split("\n").find((each) => each.endsWith(words));
    assert.ok(line, `no answer "${words}" in ${listed}`);
    return /^(\d+)\. /.exec(line)[1];
}

test("a retro from the first note to an action", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("hugo");
    await visitor.say("/retro note the flaky test came back");
    await see(visitor.main.getByText("Noted for the next retro platform, without your name").first());
    await picture(visitor, "retro-note");

    await visitor.be("ada");
    await visitor.say("/retro now");
    await see(visitor.main.getByText("platform has begun.").first());

    await visitor.be("hugo");
    await visitor.open("Messages");
    const prompt = visitor.message("wants to hear what you noticed").first();
    await see(prompt.getByText("Nothing is kept of who you are"));
    await picture(visitor, "retro-prompt");
    await prompt.getByRole("button", { name: "Answer" }).click();
    await see(visitor.form.getByRole("heading", { name: "Retro" }));
    await visitor.form.getByRole("button", { name: "Send" }).click();
    await see(visitor.form.getByText("Please answer at least one of them."));
    await picture(visitor, "retro-form");
    await visitor.form.getByRole("textbox", { name: /^What did we take for granted/ }).fill("deploys take an hour");
    await visitor.form.getByRole("button", { name: "Send" }).click();
    await see_no(visitor.form);

    await visitor.be("chen");
    await visitor.open("platform");
    const board = visitor.message("Retro platform · 1").first();
    await see(board.getByText("takes answers until"));
    await picture(visitor, "retro-open");
    await answer(visitor, board, "deploys fail twice a week");
    await see_no(board.getByText(/\d answers?/));

    await pass(2 * 24 * 3600);
    await visitor.be("ada");
    await visitor.open("platform");
    await see(board.getByText("3 answers, in random order"));
    await picture(visitor, "retro-answers");
    const listed = await board.innerText();
    assert.ok(!/hugo|chen/.test(listed), "no name is beside what was said");
    await board.getByRole("button", { name: "Group into themes …" }).click();
    const themes = visitor.form.getByRole("textbox", { name: "One theme a line, with the numbers of its answers" });
    await themes.fill("Deploys: 9");
    await visitor.form.getByRole("button", { name: "Ready to vote" }).click();
    await see(visitor.form.getByText("Line 1: there is no answer 9."));
    await picture(visitor, "retro-themes");
    const deploys = [number_of("deploys take an hour", listed), number_of("deploys fail twice a week", listed)];
    await themes.fill(`Deploys: ${deploys.join(" ")}\nTests: ${number_of("the flaky test came back", listed)}`);
    await visitor.form.getByRole("button", { name: "Ready to vote" }).click();
    await see_no(visitor.form);

    await see(board.getByText("what shall we do something about?"));
    await picture(visitor, "retro-voting");
    for (const [name, theme] of [["ada", "Deploys"], ["chen", "Deploys"], ["chen", "Tests"]]) {
        await visitor.be(name);
        await visitor.open("platform");
        await board.getByRole("button", { name: "Give dots …" }).click();
        await see(visitor.form.getByRole("heading", { name: "Dots" }));
        await choose_one(visitor, "Which of these", theme);
        await picture(visitor, "retro-dots");
        await visitor.form.getByRole("button", { name: "Give them" }).click();
        await see_no(visitor.form);
    }

    await visitor.be("ada");
    await visitor.open("platform");
    await board.getByRole("button", { name: "Close the voting" }).click();
    await see(board.getByText("●● Deploys (2 dots)"), board.getByText("● Tests (1 dot)"));
    await board.getByRole("button", { name: "Add an action …" }).click();
    await see(visitor.form.getByRole("heading", { name: "What we do about it" }));
    await visitor.form.getByRole("textbox", { name: "What is done?" }).fill("deploys under ten minutes");
    await choose_one(visitor, "Who has it", /@chen/);
    await visitor.form.getByLabel("By when?").fill("2026-02-13T16:00");
    await picture(visitor, "retro-action");
    await visitor.form.getByRole("button", { name: "Add" }).click();
    await see_no(visitor.form);
    await see(board.getByText("chen is asked · deploys under ten minutes"));
    await picture(visitor, "retro-deciding");
    await board.getByRole("button", { name: "End the retro" }).click();
    await see(board.getByText("is over: 3 answers, 2 themes, 1 action."));
    await picture(visitor, "retro-over");

    await visitor.be("chen");
    await visitor.open("platform");
    await see(visitor.message("ada needs an answer from chen").first().getByText("deploys under ten minutes"));
    await visitor.say("/retro");
    await see(visitor.main.getByText("Decided last:").first());
    await picture(visitor, "retro-status");
    await visitor.say("/retro find deploys hour");
    await see(visitor.main.getByText(/With "deploys hour", newest first/).first());
});
