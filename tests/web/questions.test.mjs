// A question that nobody answers: who asked is told, somebody is asked and answers; the answer is kept, and offered to
// whoever asks the same.
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

/// Time goes on, fast, to the next thing that people can see, which says so to somebody.
async function skip_to(visitor, user, contains) {
    await visitor.world.call("time", { to_next: true });
    await visitor.world.call("expect", { user: `@${user}`, contains, timeout_ms: 90_000 });
    await visitor.world.call("time", { scale: 60 });
}

test("asked, ignored, told, asked of somebody, answered, kept, and offered to the next who asks", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.open("platform");
    await visitor.say("Does anyone know how to calibrate the heron?");
    await see(visitor.message("calibrate the heron"));

    await visitor.open("Messages");
    const offer = visitor.message("calibrate the heron");
    await skip_to(visitor, "ada", "Nobody has answered your question yet");
    await see(offer.getByText("Nobody has answered your question yet"));
    await picture(visitor, "questions-offer");
    await offer.getByRole("button", { name: "Go ahead now" }).click();

    await visitor.be("ben");
    const nudge = visitor.message("calibrate the heron");
    await skip_to(visitor, "ben", "ada is waiting for an answer");
    await picture(visitor, "questions-nudge");
    await nudge.getByRole("button", { name: "I'll take it" }).click();
    await see(nudge.getByText("You have it"));

    await visitor.open("platform");
    await see(visitor.main.getByRole("heading", { name: "platform", level: 2 }));
    const question = visitor.message("calibrate the heron");
    await question.getByText("calibrate the heron").hover();    // not the line above it, which says that it is new
    await question.getByRole("button", { name: "Reply in a thread" }).click();
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
