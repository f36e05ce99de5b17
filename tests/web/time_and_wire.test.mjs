// Time is the visitor's to move, the wire shows all that is said, and what is broken on purpose loses nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { eventually, see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

const speed = (visitor, name) => visitor.top.getByRole("button", { name });
const clock = (visitor) => visitor.top.getByRole("timer", { name: "The workspace's time" });
const is_pressed = (button) => eventually("it is pressed", async () => (await button.getAttribute("aria-pressed")) === "true");

async function with_panel(t, tab) {
    const visitor = await stage.visit(t);
    await visitor.top.getByRole("button", { name: "Wire" }).click();
    await visitor.panel.getByRole("tab", { name: tab }).click();
    return visitor;
}

test("time stands when it is paused, and runs at the speed that was chosen", limits, async (t) => {
    const visitor = await stage.visit(t);
    await is_pressed(speed(visitor, "×60 a minute a second"));
    await speed(visitor, "❚❚ pause").click();
    await is_pressed(speed(visitor, "❚❚ pause"));
    // A change is announced a moment before it begins.
    const standing = await eventually("it stands", async () => {
        const now = await stage.world.call("clock");
        return now.is_paused && now.now === (await stage.world.call("clock")).now ? now : null;
    });
    const shown = await clock(visitor).innerText();
    await visitor.say("said while time stands");
    await see(visitor.message("said while time stands"));
    assert.equal(Math.floor((await stage.world.call("clock")).now), Math.floor(standing.now));
    assert.equal(await clock(visitor).innerText(), shown);
    await picture(visitor, "time-paused");

    await speed(visitor, "×600 ten minutes a second").click();
    await is_pressed(speed(visitor, "×600 ten minutes a second"));
    await eventually("minutes go by", async () => (await clock(visitor).innerText()) !== shown);
    assert.equal((await stage.world.call("clock")).scale, 600);
    await speed(visitor, "×60 a minute a second").click();
    await is_pressed(speed(visitor, "×60 a minute a second"));
});

test("to tomorrow nine o'clock goes fast, says so, and then goes on as before", limits, async (t) => {
    const visitor = await stage.visit(t);
    const day_before = /\w{3} \d+ \w{3}/.exec(await clock(visitor).innerText())[0];
    await visitor.top.getByRole("button", { name: "To tomorrow 9:00" }).click();
    await see(visitor.top.getByText(/^On the way to \w{3} \d+ \w{3} 09:00/));
    await picture(visitor, "time-on-the-way");
    await see(visitor.top.getByRole("button", { name: "To tomorrow 9:00" }));
    const there = await clock(visitor).innerText();
    assert.match(there, /^09:\d\d/);
    assert.ok(!there.includes(day_before));
    await is_pressed(speed(visitor, "×60 a minute a second"));
});

test("to the next thing that happens ends when ackd has said something", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("/ack @gita !now please look at this");
    await see(visitor.message("ada needs an answer from gita"));
    await visitor.be("gita");
    await visitor.open("Messages");
    await visitor.top.getByRole("button", { name: /^To the next thing/ }).click();
    await see(visitor.message("please look at this").filter({ hasText: "ada is waiting for you" }));
    await see(visitor.top.getByRole("button", { name: /^To the next thing/ }));
});

test("a journey through time can be stopped", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.top.getByRole("button", { name: "To tomorrow 9:00" }).click();
    await visitor.top.getByRole("button", { name: "Stop" }).click();
    await is_pressed(speed(visitor, "×1 as fast as real time"));
    await speed(visitor, "×60 a minute a second").click();
    await is_pressed(speed(visitor, "×60 a minute a second"));
});

test("the wire shows what is said, with how long the answer took, and can be searched", limits, async (t) => {
    const visitor = await with_panel(t, "Wire");
    const entries = visitor.panel.getByRole("feed", { name: "Entries of the wire" }).getByRole("article");
    await visitor.say("seen on the wire");
    const event = entries.filter({ hasText: "event" }).filter({ hasText: "confirmed" }).last();
    await see(event.getByText(/^\d+(\.\d)? ms$/));
    await visitor.say("/ack @ben !send please see this on the wire");
    await see(visitor.message("please see this on the wire"));
    await see(entries.filter({ hasText: "/ack" }), entries.filter({ hasText: "chat.postMessage" }).filter({ hasText: "ok" }));
    await picture(visitor, "wire");

    await visitor.panel.getByRole("searchbox", { name: "Search the wire" }).fill("chat.postMessage");
    await eventually("only calls of that kind", async () => {
        const shown = await entries.allInnerTexts();
        return shown.length > 0 && shown.every((text) => text.includes("chat.postMessage"));
    });
    await entries.last().getByRole("button").click();
    await see(entries.last().getByText("please see this on the wire"));
    await picture(visitor, "wire-detail");
    await visitor.panel.getByRole("searchbox", { name: "Search the wire" }).fill("");
    await visitor.panel.getByRole("button", { name: "To the app" }).click();
    await see_no(entries.filter({ hasText: "chat.postMessage" }).filter({ hasText: "call" }));
    await visitor.panel.getByRole("button", { name: "Close this panel" }).click();
    await see_no(visitor.panel);
});

test("faults are switches, everybody sees how they stand, and one button ends them", limits, async (t) => {
    const visitor = await with_panel(t, "Faults");
    const other = await with_panel(t, "Faults");
    const drop = visitor.panel.getByRole("switch", { name: /^Drop/ });
    await see(visitor.panel.getByText("An event is lost on its way"));
    await drop.check();
    await visitor.panel.getByRole("combobox", { name: "How often: Drop" }).selectOption("10 %");
    await visitor.panel.getByRole("switch", { name: /^429/ }).check();
    await eventually("the other sees it", () => other.panel.getByRole("switch", { name: /^429/ }).isChecked());
    await eventually("and how often", async () => (await other.panel.getByRole("combobox", { name: "How often: Drop" }).inputValue()) === "0.1");
    await picture(visitor, "faults");
    await other.panel.getByRole("button", { name: "All off" }).click();
    await eventually("all are off", async () => !(await drop.isChecked()) && visitor.panel.getByRole("button", { name: "All off" }).isDisabled());
});

test("cut off, ackd gets nothing and the page says so; come back, it has lost nothing", limits, async (t) => {
    const visitor = await with_panel(t, "Faults");
    await visitor.say("/ack @hugo !send please count the chairs");
    const card = visitor.message("please count the chairs").filter({ hasText: /received|needs an answer/ }).last();
    await see(card.getByText("0 of 1 received"));
    const cut = visitor.panel.getByRole("switch", { name: /^Cut/ });
    await cut.check();
    await see(visitor.top.getByText("ackd is cut off"));

    await visitor.be("hugo");
    await card.getByRole("button", { name: "Got it", exact: true }).click();
    await see(card.getByRole("alert").filter({ hasText: "ackd is not connected, so nobody got this." }));
    await picture(visitor, "cut-off");
    await visitor.say("/ack @ada are you there");
    await see(visitor.main.getByRole("alert").filter({ hasText: "ackd is not connected" }));
    assert.equal(await visitor.composer.inputValue(), "/ack @ada are you there");
    await visitor.type("");
    await (await visitor.tools(card)).getByRole("button", { name: "React: I have it" }).click();
    await see(card.getByRole("button", { name: /eyes 1 ?, from hugo/ }));
    assert.equal(await card.getByText("0 of 1 received").isVisible(), true);

    await cut.uncheck();
    await see(card.getByText("1 of 1 received"));
    await see(visitor.top.getByText("ackd connected"));
});

test("every connection can be cut once, and is there again", limits, async (t) => {
    const visitor = await with_panel(t, "Faults");
    await visitor.panel.getByRole("button", { name: "Cut every connection once" }).click();
    await visitor.panel.getByRole("tab", { name: "Wire" }).click();
    await see(visitor.panel.getByRole("article").filter({ hasText: "socket" }).filter({ hasText: /cut|closed/ }));
    await see(visitor.top.getByText("ackd connected"));
    await visitor.say("/ack @chen !send please say hello");
    await see(visitor.message("ada needs an answer from chen"));
});

test("teammates answer by themselves, but for whom the visitor is; others can be taken over", limits, async (t) => {
    const visitor = await with_panel(t, "Teammates");
    const { panel } = visitor;
    const taken_over = (name, is_taken) => eventually(`${name} is ${is_taken ? "taken over" : "let go"}`, async () =>
        (await panel.getByRole("switch", { name: `Take over ${name}` }).isChecked()) === is_taken);
    await panel.getByRole("switch", { name: /^Teammates answer by themselves/ }).check();
    t.after(() => stage.world.call("teammates", { active: false }));
    await visitor.be("fumi");
    await taken_over("fumi", true);
    await visitor.be("ben");
    await taken_over("ben", true);
    await taken_over("fumi", false);
    await picture(visitor, "teammates");
    await panel.getByRole("switch", { name: "Take over ben" }).uncheck();
    await see(visitor.main.getByText(/^ben is played by the sandbox/));
    await visitor.main.getByRole("button", { name: "Take over" }).click();
    await see_no(visitor.main.getByText(/^ben is played by the sandbox/));
    await panel.getByRole("switch", { name: "Take over gita" }).check();
    await panel.getByRole("button", { name: "Be chen" }).click();
    await taken_over("chen", true);
    await taken_over("gita", true);
});
