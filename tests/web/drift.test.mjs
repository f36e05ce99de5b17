// A team is asked how it sees something: a form, one tap each, and an outcome without names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, phone, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());
const question = "What comes first this month?";

/// The workspace's time goes on by so much.
async function pass(seconds) {
    const { now } = await stage.world.call("clock");
    await stage.world.call("time", { to: (Number(now) + seconds).toFixed(6) });
}

/// Dana gives platform enough people: three are too few.
async function make_team_larger() {
    await stage.world.call("command", { channel: "#general", user: "dana", command: "/ackd", text: "setup team platform" });
    for (;;) {
        if ((await stage.world.call("form", { user: "dana" })).view) break;
        await stage.world.call("wait", { idle_ms: 50 });
    }
    const members = ["U0ADA", "U0BEN", "U0CHEN", "U0ELI", "U0GITA", "U0HUGO"];
    const { errors } = await stage.world.call("submit", { user: "dana", values: { "members/value": members } });
    assert.equal(errors, undefined);
}

async function tap(visitor, person, label) {
    await visitor.be(person);
    await visitor.open("Messages");
    await visitor.message("picked at random:").last().getByRole("button", { name: label }).click();
    await see(visitor.main.getByText("Counted, without your name.").first());
}

test("a drift probe from its form to its outcome", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("ada");
    await visitor.say("/drift");
    await see(visitor.main.getByText("It takes five").first());
    await picture(visitor, "drift-too-few");
    await make_team_larger();

    await visitor.say(`/drift ${question}`);
    await see(visitor.form.getByText("It is asked of platform."));
    assert.equal(await visitor.form.getByRole("textbox", { name: "What do you want to know?" }).inputValue(), question);
    await visitor.form.getByRole("textbox", { name: "What holds?" }).fill("migration");
    await visitor.form.getByRole("textbox", { name: "What else may people think?" }).fill("migration");
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    await see(visitor.form.getByText('"migration" is there twice.'));
    await picture(visitor, "drift-form");
    await visitor.form.getByRole("textbox", { name: "What else may people think?" }).fill("onboarding\nincident debt");
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    await see_no(visitor.form);
    await visitor.open("Messages");
    await see(visitor.message("Asked 5 people of platform, picked at random").first());

    await pass(24 * 3600);
    await visitor.be("hugo");
    await visitor.open("Messages");
    await see(visitor.message("picked at random:").last().getByRole("button", { name: "Not sure" }));
    await picture(visitor, "drift-question");
    for (const [person, label] of [["hugo", "migration"], ["ben", "onboarding"], ["chen", "onboarding"], ["eli", "Not sure"]])
        await tap(visitor, person, label);
    await visitor.be("ada");
    await visitor.open("platform");
    await see_no(visitor.message(question));
    await tap(visitor, "gita", "migration");

    await visitor.be("ada");
    await visitor.open("platform");
    const outcome = visitor.message(question).first();
    await see(outcome.getByText("2 of 5 see it as ada does (40 %)"), outcome.getByText("migration (this holds, says ada)"));
    await see(outcome.getByText("This is worth a resync of fifteen minutes in platform"));
    await picture(visitor, "drift-outcome");
    const shown = await outcome.innerText();
    assert.ok(!/hugo|ben|chen|eli|gita/.test(shown), "nobody is named who answered");
    await visitor.say("/drift");
    await see(visitor.main.getByText("platform is asked once in two weeks").first());
});

test("the outcome of a drift probe is readable on a phone", limits, async (t) => {
    const visitor = await stage.visit(t, { size: phone, at: "#/U0ADA/C0PLATFORM" });
    await see(visitor.message(question).first());
    assert.ok(!(await visitor.scrolls_sideways()));
    await picture(visitor, "drift-phone");
});
