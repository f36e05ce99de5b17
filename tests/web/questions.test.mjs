// A question that nobody answers: who asked is told, somebody is asked and answers; the answer is kept, and offered to
// whoever asks the same.
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { eventually, see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

/// Time goes on, from one thing that people can see to the next, until it is there.
async function wait_for(visitor, thing) {
    await eventually("time goes on until it is there", async () => {
        if ((await thing.count()) > 0) return true;
        await visitor.world.call("time", { to_next: true });
        return false;
    }, 90_000);
    await visitor.world.call("time", { scale: 60 });
    await see(thing);
}

test("asked, ignored, told, asked of somebody, answered, kept, and offered to the next who asks", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.open("platform");
    await visitor.say("Does anyone know how to calibrate the heron?");
    await see(visitor.message("calibrate the heron"));

    await visitor.open("Messages");
    const offer = visitor.message("calibrate the heron");
    await wait_for(visitor, offer.getByRole("button", { name: "Go ahead now" }));
    await see(offer.getByText("Nobody has answered your question yet"));
    await picture(visitor, "questions-offer");
    await offer.getByRole("button", { name: "Go ahead now" }).click();

    await visitor.be("ben");
    const nudge = visitor.message("calibrate the heron");
    await wait_for(visitor, nudge.getByRole("button", { name: "I'll take it" }));
    await picture(visitor, "questions-nudge");
    await nudge.getByRole("button", { name: "I'll take it" }).click();
    await see(nudge.getByText("You have it"));

    await visitor.open("platform");
    const question = visitor.message("calibrate the heron");
    await (await visitor.tools(question)).getByRole("button", { name: "Reply in a thread" }).click();
    const reply = visitor.thread.getByRole("textbox", { name: "Reply as ben" });
    await reply.fill("Turn the brass screw of the heron twice to calibrate it.");
    await reply.press("Enter");
    const answer = visitor.message("Turn the brass screw", visitor.thread);
    await see(answer);

    await visitor.be("ada");
    await visitor.open("Messages");
    await see(offer.getByText("Your question was answered"));
    await picture(visitor, "questions-answered");

    await visitor.be("ben");
    await visitor.open("platform");
    await question.getByRole("button", { name: /1 reply/ }).click();
    await visitor.do_more(answer, "Keep this answer");
    await see(visitor.form.getByText("it is kept"));
    await visitor.form.getByRole("button", { name: "Close" }).first().click();
    await see_no(visitor.form);

    await visitor.be("chen");
    await visitor.open("platform");
    await visitor.say("How do I calibrate the heron?");
    const offered = visitor.message("Turn the brass screw").filter({ hasText: "Did it help?" });
    await see(offered.getByText("Answered on"), offered.getByRole("button", { name: "It helped" }));
    await picture(visitor, "questions-offered");
    await offered.getByRole("button", { name: "It helped" }).click();
    await see(visitor.main.getByText("Noted. Thank you."));
    await visitor.be("ada");
    await visitor.open("platform");
    await see_no(offered);
});
