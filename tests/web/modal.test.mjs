// The form that `/ack` alone opens: mistakes are said where they are, and nothing that was entered is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

async function with_form(t) {
    const visitor = await stage.visit(t);
    await visitor.say("/ack");
    await see(visitor.form.getByRole("heading", { name: "Ask for acknowledgement" }));
    return visitor;
}

/// A form that stays open is there again for the same person's next visit, and takes the focus from what they type.
async function close(visitor) {
    await visitor.page.keyboard.press("Escape");
    await see_no(visitor.form);
}

const field = (visitor, label) => visitor.form.getByRole("textbox", { name: label });
const menu = (visitor, label) => visitor.form.getByRole("button", { name: new RegExp(`^${label}`) });
const problem = (visitor, words) => visitor.form.getByRole("alert").filter({ hasText: words });

test("what is missing is said at its field before anything is sent, and the field has the focus", limits, async (t) => {
    const visitor = await with_form(t);
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    await see(problem(visitor, "This is needed."));
    assert.equal(await visitor.form.getByRole("alert").count(), 1);
    const what = field(visitor, "What");
    assert.equal(await what.getAttribute("aria-invalid"), "true");
    assert.equal(await what.evaluate((element) => element === document.activeElement), true);
    await picture(visitor, "modal-missing");
    await close(visitor);
});

test("what ackd finds wrong stands at its field, and nothing that was entered is lost; then it is asked", limits, async (t) => {
    const visitor = await with_form(t);
    await field(visitor, "What").fill("please sign the contract");
    await visitor.choose(menu(visitor, "How urgent"), /^Now/);
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    const nobody = visitor.form.getByRole("alert").first();
    await see(nobody);
    await picture(visitor, "modal-errors");
    assert.match(await nobody.innerText(), /who|somebody|person|people/i);
    assert.equal(await field(visitor, "What").inputValue(), "please sign the contract");
    await see(menu(visitor, "How urgent").getByText(/^Now/));

    await menu(visitor, "Who").click();
    await visitor.page.getByRole("combobox", { name: /^Narrow/ }).fill("hugo");
    await visitor.page.getByRole("option", { name: /@hugo/ }).click();
    await visitor.page.keyboard.press("Escape");
    await see(visitor.form.getByRole("button", { name: /^Remove / }));
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    await see_no(visitor.form);
    const card = visitor.message("ada needs an answer from hugo");
    await see(card.getByText("please sign the contract"), card.getByText("now"));
});

test("a form that ackd has no time to answer keeps what was entered, and can be sent again", limits, async (t) => {
    const visitor = await with_form(t);
    await field(visitor, "What").fill("please water the plants");
    await menu(visitor, "Who").click();
    await visitor.page.getByRole("option", { name: /@gita/ }).click();
    await visitor.page.keyboard.press("Escape");
    await stage.world.call("offline", { on: true });
    t.after(() => stage.world.call("offline", { on: false }));
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    await see(problem(visitor, "What you entered is still here."));
    await stage.world.call("offline", { on: false });
    await stage.world.call("wait", { sockets: 1, timeout_ms: 20_000 });
    await visitor.form.getByRole("button", { name: "Ask" }).click();
    await see_no(visitor.form);
    await see(visitor.message("please water the plants"));
});

test("the form waits for the person whose it is, and is gone when it is closed", limits, async (t) => {
    const visitor = await with_form(t);
    await field(visitor, "What").fill("half a thought");
    await visitor.page.reload();
    await see(visitor.form.getByRole("heading", { name: "Ask for acknowledgement" }));
    await visitor.form.getByRole("button", { name: "Cancel" }).click();
    await see_no(visitor.form);
    await visitor.page.reload();
    await see(visitor.composer);
    await visitor.say("/ack");
    await see(visitor.form);
    assert.equal(await field(visitor, "What").inputValue(), "");
    await visitor.page.keyboard.press("Escape");
    await see_no(visitor.form);
});
