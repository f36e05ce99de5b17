// Something is raised: by the form, taken by somebody, and everybody else stood down; and a route changed in the chat.
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

test("raised by the form, taken by one of those on duty, and who raised it reads how it ended", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("hugo");
    await visitor.say("/escalate");
    await see(visitor.form.getByRole("heading", { name: "Raise something" }));
    await see(visitor.form.getByText("Customers cannot work"));
    await visitor.form.getByRole("textbox", { name: /What is wrong/ }).fill("The heron of the shop answers 500 since 14:20. Please look at its log.");
    await picture(visitor, "escalate-form");
    await visitor.form.getByRole("button", { name: "Raise" }).click();
    await see_no(visitor.form);

    await visitor.open("Messages");
    const follows = visitor.message("heron of the shop").first();
    await see(follows.getByText(/asked\./));
    await picture(visitor, "escalate-raiser");

    await visitor.be("ben");
    await visitor.open("Messages");
    const call = visitor.message("heron of the shop").first();
    await see(call.getByText("hugo raised this"), call.getByText("playbook"));
    await picture(visitor, "escalate-call");
    await call.getByRole("button", { name: "I have it" }).click();
    await see(call.getByText("You have it"));

    // Who was asked as well is stood down, in place.
    await visitor.be("eli");
    await visitor.open("Messages");
    await see(visitor.message("heron of the shop").first().getByText("ben has it now. Nothing for you to do"));
    await picture(visitor, "escalate-stood-down");

    await visitor.be("hugo");
    await visitor.open("Messages");
    await see(follows.getByText("ben has it, since"));
    await see(visitor.message("✅ ben has it.").first());

    await visitor.be("ben");
    await visitor.open("Messages");
    await call.getByRole("button", { name: "Done" }).click();
    await visitor.be("hugo");
    await visitor.open("Messages");
    await see(follows.getByText("ben says that it is done"));
    await picture(visitor, "escalate-done");
});

test("an admin says in the chat what a route is for, and it can be raised", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("dana");
    await visitor.say("/ackd setup route reports");
    await see(visitor.form.getByRole("heading", { name: "Route" }));
    await visitor.form.getByRole("textbox", { name: "What it is for" }).fill("A figure in a report is wrong");
    await picture(visitor, "escalate-route");
    await visitor.form.getByRole("button", { name: "Save" }).click();
    await see_no(visitor.form);
    await visitor.be("hugo");
    await visitor.say("/escalate reports the figures of the ibis are wrong");
    await see(visitor.main.getByText("Raised as #"));
    // Eli is not at work yet, and it is for today.
    await visitor.open("Messages");
    await see(visitor.message("figures of the ibis").first().getByText(/eli is asked on/));
});
