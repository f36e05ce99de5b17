// Two teams say where they stand; what one waits for and the other does not name is settled by one of their leads.
import { test } from "node:test";
import { limits, phone, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

/// The workspace's time goes on by so much.
async function pass(seconds) {
    const { now } = await stage.world.call("clock");
    await stage.world.call("time", { to: (Number(now) + seconds).toFixed(6) });
}

test("a resync from its form to a divergence that is settled", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("hugo");
    await visitor.say("/surprise the cluster was full a week early");
    await see(visitor.main.getByText("Noted for platform, without your name.").first());

    await visitor.be("ada");
    await visitor.say("/resync");
    await see(visitor.main.getByText("every second monday 10:00").first());
    await picture(visitor, "resync-next");
    await visitor.say("/resync now");
    await see(visitor.main.getByText("product has begun.").first());
    await visitor.open("Messages");
    await visitor.message("where does platform stand?").first().getByRole("button", { name: "Answer …" }).click();
    await see(visitor.form.getByText("Said since: the cluster was full a week early"));
    await visitor.form.getByRole("textbox", { name: "What comes first?" }).fill("the importer\nbilling");
    await visitor.form.getByRole("textbox", { name: "What do you wait for?" }).fill("mobil: login tokens by friday");
    await visitor.form.getByRole("button", { name: "Answer" }).click();
    await see(visitor.form.getByText('There is no team "mobil". Did you mean mobile?'));
    await picture(visitor, "resync-form");
    await visitor.form.getByRole("textbox", { name: "What do you wait for?" }).fill("mobile: login tokens by friday");
    await visitor.form.getByRole("button", { name: "Answer" }).click();
    await see_no(visitor.form);

    await visitor.be("dana");
    await visitor.open("Messages");
    await visitor.message("where does mobile stand?").first().getByRole("button", { name: "Answer …" }).click();
    await see(visitor.form.getByText("platform waits for mobile: login tokens by 2026-02-06"));
    await visitor.form.getByRole("textbox", { name: "What comes first?" }).fill("the release");
    await visitor.form.getByRole("textbox", { name: "What may go wrong?" }).fill("the store says no");
    await visitor.form.getByRole("button", { name: "Answer" }).click();
    await see_no(visitor.form);

    await pass(30 * 3600);
    await visitor.open("general");
    const board = visitor.message("Resync product: 2 of 2 teams answered").first();
    await see(board.getByText("platform waits for mobile: login tokens by 6 Feb. mobile does not name it."));
    // The figures are a picture that the sandbox has fetched from ackd, and its words are there for who cannot see it.
    const chart = board.getByRole("img", { name: /Surprises a week, of all these teams: .* 0 1$/ });
    await chart.scrollIntoViewIfNeeded();
    await visitor.page.waitForFunction((image) => image.complete && image.naturalWidth === 960, await chart.elementHandle());
    await see(board.getByText("Surprises a week, of all these teams", { exact: true }));
    await picture(visitor, "resync-board");
    await board.getByRole("button", { name: /1 reply/ }).click();
    await see(visitor.message("the leads of both settle it", visitor.thread).first());
    await picture(visitor, "resync-thread");
    await visitor.thread.getByRole("button", { name: "Close the thread" }).click();

    await pass(4 * 3600);
    await visitor.be("ada");
    await visitor.open("Messages");
    const asked = visitor.message("mobile does not name it").last();
    await asked.getByRole("button", { name: "It may stay different …" }).click();
    await see(visitor.form.getByRole("textbox", { name: "Why may it stay different?" }));
    await picture(visitor, "resync-difference");
    await visitor.form.getByRole("button", { name: "Cancel" }).click();
    await see_no(visitor.form);
    await asked.getByRole("button", { name: "We agree now" }).click();
    await visitor.open("general");
    await see(board.getByText("they agree now (ada)"));
    await picture(visitor, "resync-settled");
});

test("the message of a resync is readable on a phone", limits, async (t) => {
    const visitor = await stage.visit(t, { size: phone, at: "#/U0DANA/C0GENERAL" });
    await see(visitor.message("Resync product").first());
    await picture(visitor, "resync-phone");
});
