// The tour, as its texts say: seven steps, each noticed when it is done, in whatever way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { eventually, see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

async function on_tour(t, options) {
    const visitor = await stage.visit(t, options);
    await visitor.page.getByRole("button", { name: "Tour", exact: true }).click();
    await at_step(visitor, 1, "Ask for an answer");
    return visitor;
}

async function at_step(visitor, number, title) {
    await see(visitor.tour.getByRole("heading", { name: `${number} of 7 ${title}` }));
}

/// What the tour asks for now, as its list of parts shows it.
const part = (visitor, words) => visitor.tour.getByRole("listitem").filter({ hasText: words });
const part_done = (visitor, words) => part(visitor, words).filter({ hasText: "done" });

/// Presses the button again and again, as the text says, until there is what it is for.
async function jump_until(visitor, there) {
    const next = visitor.top.getByRole("button", { name: /^To the next thing/ });
    for (let jump = 0; jump < 10; ++jump) {
        await next.click();
        await visitor.top.getByRole("button", { name: "Stop" }).waitFor({ timeout: 1000 }).catch(() => {}); // a short way
        await see(next);
        const is_there = await there.first().waitFor({ timeout: 2000 }).then(() => true, () => false);
        if (is_there) return;
    }
    assert.fail("ten jumps, and not there");
}

test("the whole tour, done as its texts say", limits, async (t) => {
    const visitor = await on_tour(t);
    const { page, panel, top } = visitor;
    await see(part(visitor, "In #general, type /ack @ben please read the release plan and press Enter."));
    await picture(visitor, "tour-1");
    await visitor.say("/ack @ben please read the release plan");

    await at_step(visitor, 2, "Ignore it, and jump ahead");
    await see(visitor.message("ada needs an answer from ben"));
    await visitor.be("ben");
    await see(part_done(visitor, "Be ben: click the face at the left."));
    await picture(visitor, "tour-2");
    await jump_until(visitor, part_done(visitor, "Then jump to the next thing that happens"));

    await at_step(visitor, 3, "See the nudge");
    await visitor.be("ben");
    await visitor.open("Messages");
    const nudge = visitor.message("please read the release plan");
    await see(nudge);

    await at_step(visitor, 4, "Promise");
    await picture(visitor, "tour-4");
    await visitor.choose(nudge.last().getByRole("button", { name: /^Got it, by/ }), "tomorrow");
    await at_step(visitor, 5, "Escalate, and stand down");
    await visitor.be("ada");
    await visitor.open("general");
    await see(visitor.message("ada needs an answer from ben").getByText("1 of 1 received"));

    await visitor.say("/ack @chen !now !route=incident the checkout is down");
    await see(part_done(visitor, "As ada, in #general:"));
    await jump_until(visitor, part_done(visitor, "Chen is away."));
    await visitor.be("ben");
    await visitor.open("Messages");
    await picture(visitor, "tour-5");
    const call = visitor.message("the checkout is down").filter({ has: page.getByRole("button", { name: "I have it" }) });
    await call.getByRole("button", { name: "I have it" }).click();
    await at_step(visitor, 6, "Cut the connection");
    await visitor.be("eli");
    await see(visitor.message("the checkout is down").filter({ hasText: "ben has it now" }));

    await top.getByRole("button", { name: "Wire" }).click();
    await panel.getByRole("tab", { name: "Faults" }).click();
    const cut = panel.getByRole("switch", { name: /^Cut/ });
    await cut.check();
    await see(top.getByText("ackd is cut off"), part_done(visitor, "switch Cut on"));
    await visitor.be("ben");
    await visitor.open("general");
    const card = visitor.message("please read the release plan").filter({ hasText: "ackd" }).filter({ hasText: "integrated" });
    await (await visitor.tools(card)).getByRole("button", { name: "React: done" }).click();
    await see(part_done(visitor, "react with ✅ to the card"));
    await picture(visitor, "tour-6");
    assert.equal(await card.getByText("0 of 1 integrated").isVisible(), true);
    await cut.uncheck();
    await see(top.getByText("ackd connected"), card.getByText("1 of 1 received, 1 integrated"));

    await at_step(visitor, 7, "Look at the trace");
    await visitor.be("ada");
    await visitor.say("/ackd trace 1");
    const trace = visitor.message("Time line of");
    await see(trace.getByText("only visible to you"));
    await see(visitor.tour.getByRole("heading", { name: "That was the main job" }));
    await picture(visitor, "tour-end");
    await visitor.tour.getByRole("button", { name: "End the tour" }).click();
    await see_no(visitor.tour);
    await page.reload();
    await see(visitor.composer);
    await see_no(visitor.tour);
});

test("the tour types and goes there for whoever wants it, and can be skipped, begun again and left", limits, async (t) => {
    const visitor = await on_tour(t);
    await visitor.be("eli");
    await visitor.open("random");
    await visitor.tour.getByRole("button", { name: "Type it for me" }).click();
    await see(visitor.main.getByRole("textbox", { name: "Message #general as ada" }));
    await eventually("the words are in the field", async () => (await visitor.composer.inputValue()) === "/ack @ben please read the release plan");

    await visitor.tour.getByRole("button", { name: "Skip" }).click();
    await at_step(visitor, 2, "Ignore it, and jump ahead");
    await visitor.page.reload();
    await at_step(visitor, 2, "Ignore it, and jump ahead");
    await visitor.tour.getByRole("button", { name: "Take me there" }).click();
    await see(part_done(visitor, "Be ben"));
    for (const [number, title] of [[3, "See the nudge"], [4, "Promise"], [5, "Escalate, and stand down"], [6, "Cut the connection"]]) {
        await visitor.tour.getByRole("button", { name: /^(Skip|Next)$/ }).click();
        await at_step(visitor, number, title);
    }
    await visitor.tour.getByRole("button", { name: "Take me there" }).click();
    await see(visitor.panel.getByRole("switch", { name: /^Cut/ }));
    await visitor.tour.getByRole("button", { name: "Begin again" }).click();
    await at_step(visitor, 1, "Ask for an answer");
    await visitor.tour.getByRole("button", { name: "End the tour" }).click();
    await see_no(visitor.tour);
});
