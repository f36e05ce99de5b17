// Who is on call: a shift is offered, somebody accepts it, and everybody who looks sees who is on; and a rotation made in the
// chat.
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

test("a shift that is swapped: offered, accepted, and shown to whoever asks", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("hugo");
    await visitor.say("/oncall platform");
    await see(visitor.main.getByText(/· ben until/).first());

    await visitor.be("ben");
    await visitor.say("/oncall swap platform @ada");
    await see(visitor.main.getByText(/ada is asked/).first());

    await visitor.be("ada");
    await visitor.open("Messages");
    const offer = visitor.message("can you be on call for platform").first();
    await see(offer);
    await picture(visitor, "oncall-offer");
    await offer.getByRole("button", { name: "I take it" }).click();
    await see(visitor.message("✅ You have taken platform").first());

    await visitor.be("ben");
    await visitor.open("Messages");
    await see(visitor.message("✅ ada has taken platform").first());
    await picture(visitor, "oncall-accepted");

    await visitor.be("dana");
    await visitor.say("/oncall platform");
    await see(visitor.main.getByText(/· ada until/).first());
});

test("an admin makes a rotation in the chat, and it is there to be asked for", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("dana");
    await visitor.say("/ackd setup rotation");
    await see(visitor.form.getByRole("heading", { name: "A new rotation" }));
    await visitor.form.getByRole("textbox", { name: "Name", exact: true }).fill("heron");
    await visitor.form.getByRole("textbox", { name: "People, in the order of their turns" }).fill("eli\nnobody-here");
    await visitor.form.getByRole("textbox", { name: "First day" }).fill("2026-01-05");
    await visitor.form.getByRole("button", { name: "Save" }).click();
    await see(visitor.form.getByText("is nobody here, or more than one"));
    await picture(visitor, "oncall-setup");
    await visitor.form.getByRole("textbox", { name: "People, in the order of their turns" }).fill("eli\nhugo");
    await visitor.form.getByRole("button", { name: "Save" }).click();
    await see_no(visitor.form);
    await visitor.say("/oncall heron");
    await see(visitor.main.getByText(/· (eli|hugo) until/).first());
});
