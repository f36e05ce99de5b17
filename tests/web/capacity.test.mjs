// A team says that it has no room left: who must answer does, in a form, and the team's channel shows it until there is
// room again; meanwhile what is not urgent waits.
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

test("capacity from the signal to relief", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("ada");
    await visitor.say("/capacity at platform until friday because two releases at once");
    await see(visitor.main.getByText("platform is at capacity, until").first());
    await picture(visitor, "capacity-said");
    await pass(150);

    await visitor.be("gita");
    await visitor.say("/ack @chen !week please read the plan of the heron");
    await visitor.open("Messages");
    await see(visitor.message("chen is at capacity. This waits until").first());
    await picture(visitor, "capacity-queued");

    await visitor.be("ben");
    await visitor.open("Messages");
    const question = visitor.message("What changes, for engineering?").first();
    await see(question.getByText("two releases at once"));
    await picture(visitor, "capacity-asked");
    await question.getByRole("button", { name: "Drop …" }).click();
    await see(visitor.form.getByRole("heading", { name: "Drop something" }));
    await visitor.form.getByRole("textbox", { name: "What is dropped?" }).fill("   ");
    await visitor.form.getByRole("button", { name: "Answer" }).click();
    await see(visitor.form.getByText("Say it in a line: others go by it."));
    await picture(visitor, "capacity-form");
    await visitor.form.getByRole("textbox", { name: "What is dropped?" }).fill("the importer's second half");
    await visitor.form.getByRole("button", { name: "Answer" }).click();
    await see_no(visitor.form);
    await see(visitor.message("Done, thank you").first());

    await visitor.be("dana");
    await visitor.open("Messages");
    const other = visitor.message("What changes, for product?").first();
    await see(other.getByText("drops the importer's second half (ben)"));
    await other.getByRole("button", { name: "Accept it …" }).click();
    await visitor.form.getByRole("textbox", { name: "Why does it stay as it is?" }).fill("the fair is on Friday, and it is worth it");
    await visitor.form.getByRole("button", { name: "Answer" }).click();
    await see_no(visitor.form);

    await visitor.be("chen");
    await visitor.open("platform");
    const board = visitor.message("platform is at capacity").first();
    await see(board.getByText("Everybody has answered"), board.getByText("product: accepts it: the fair is on Friday"));
    await picture(visitor, "capacity-board");
    await visitor.say("/capacity");
    await see(visitor.main.getByText("Waiting until you have room, in this order (1):").first());
    await picture(visitor, "capacity-own");
    await board.getByRole("button", { name: "We have room again" }).click();
    await see(visitor.message("platform has room again, since").first());
    await visitor.say("/capacity platform");
    await see(visitor.main.getByText(/half of the signals had their answers within/).first());
    await picture(visitor, "capacity-history");
});

test("somebody alone says so on the App Home, and takes it back before anybody is asked", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("hugo");
    await visitor.open("Home");
    await visitor.main.getByRole("button", { name: "I'm at capacity" }).click();
    await see(visitor.main.getByRole("button", { name: "I have room again" }).first());
    await picture(visitor, "capacity-home");
});
