// Work in progress at its limit: a start is refused, with each way out.
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

test("a start is refused at the limit: traded, finished for it, or let in by a lead", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("chen");
    await visitor.open("platform");
    await visitor.say("/wip start the importer");
    await see(visitor.main.getByText("the importer is in progress").first());
    await visitor.say("/wip start the exporter");
    await see(visitor.main.getByText("2 of 2 running").first());
    await picture(visitor, "wip-board");
    await visitor.say("/wip start the fair's badges");
    const refusal = visitor.message('"the fair\'s badges" waits until').last();
    await see(refusal.getByText("What cannot wait is let in by a lead, with a reason: ada."));
    await picture(visitor, "wip-refused");
    await refusal.getByRole("button", { name: "Pause it: start mine" }).first().click();
    await see(visitor.main.getByText("the fair's badges is in progress").first());
    await picture(visitor, "wip-traded");

    await visitor.say("/wip start !unplanned the heron's nest");
    const second = visitor.message('"the heron\'s nest" waits until').last();
    await second.getByRole("button", { name: "It's done: start mine" }).first().click();
    await see(visitor.main.getByText("the heron's nest is in progress").first());

    await visitor.be("ada");
    await visitor.open("platform");
    await visitor.say("/wip start the audit");
    const third = visitor.message('"the audit" waits until').last();
    await third.getByRole("button", { name: "Let it in …" }).click();
    await see(visitor.form.getByRole("heading", { name: "Over the limit" }));
    await visitor.form.getByRole("textbox", { name: "Why does it not wait?" }).fill("The auditor is here on Thursday.");
    await picture(visitor, "wip-form");
    await visitor.form.getByRole("button", { name: "Let it in" }).click();
    await see_no(visitor.form);
    await visitor.say("/wip platform");
    await see(visitor.main.getByText("let in by ada: The auditor is here on Thursday.").first());
    await picture(visitor, "wip-let-in");
});
