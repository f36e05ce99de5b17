// What somebody does who sees the page for the first time: they are ada, and everything that a chat has is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, picture, set_stage } from "./browser.mjs";
import { eventually, see, see_no } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(() => World.demo());

test("a newcomer is ada in #general, and with one click anybody else", limits, async (t) => {
    const visitor = await stage.visit(t);
    await see(visitor.main.getByRole("heading", { name: "general", level: 2 }), visitor.composer);
    assert.equal(await visitor.person("ada").getAttribute("aria-current"), "true");
    assert.equal(await visitor.composer.getAttribute("placeholder"), "Message #general as ada");
    assert.equal(await visitor.page.title(), "#general, as ada · Sandbox");
    await see(visitor.top.getByText("ackd connected"));

    await visitor.be("chen");
    await see(visitor.places.getByText("Chen"), visitor.main.getByRole("textbox", { name: "Message #general as chen" }));
    await visitor.page.reload();
    await see(visitor.main.getByRole("textbox", { name: "Message #general as chen" }));
});

test("what somebody says in a channel is there, with their name, and stays there alone", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.open("platform");
    await visitor.say("the *build* is green, see <https://example.com|the log>");
    const said = visitor.message("the build is green");
    await see(said.getByText("ada", { exact: true }), said.locator("strong", { hasText: "build" }), said.getByRole("link", { name: "the log" }));
    await visitor.open("random");
    await see(visitor.main.getByText("This is where the channel begins."));
    await see_no(said);
    await visitor.page.goBack();
    await see(said);
});

test("what is typed while something else is being sent is not lost", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.open("random");
    let let_through;
    const typed_on = new Promise((resolve) => (let_through = resolve));
    await visitor.page.route("**/sandbox/post", async (route) => {
        await typed_on;
        await route.continue();
    });
    await visitor.type("the first");
    await visitor.composer.press("Enter");
    await visitor.composer.press("End");
    await visitor.composer.pressSequentially(" and the next");
    let_through();
    await see(visitor.message("the first"));
    await eventually("the next is what is left", async () => (await visitor.composer.inputValue()) === "and the next");
});

test("a channel that somebody is not in can be looked at, and joined", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("ines");
    await visitor.open("random");
    await see(visitor.main.getByText("ines is not in this channel."));
    await visitor.main.getByRole("button", { name: "Join #random" }).click();
    await visitor.say("may I come in?");
    await see(visitor.message("may I come in?"));
});

test("a thread is beside the channel, and a reply can be shown in both", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("where is the plan?");
    await (await visitor.tools(visitor.message("where is the plan?"))).getByRole("button", { name: "Reply in a thread" }).click();
    const reply = visitor.thread.getByRole("textbox", { name: "Reply as ada" });
    await reply.fill("in the wiki");
    await reply.press("Enter");
    await see(visitor.message("in the wiki", visitor.thread));
    await see(visitor.message("where is the plan?").getByRole("button", { name: /1 reply/ }));
    assert.equal(await visitor.message("in the wiki").count(), 0);
    await picture(visitor, "newcomer-thread");

    await visitor.thread.getByRole("checkbox", { name: "Show it in #general, too" }).check();
    await reply.fill("and on the wall");
    await visitor.thread.getByRole("button", { name: "Send" }).click();
    await see(visitor.message("and on the wall").getByText("from a thread"));
    await visitor.thread.getByRole("button", { name: "Close the thread" }).click();
    await see_no(visitor.thread);
    await visitor.message("where is the plan?").getByRole("button", { name: /2 replies/ }).click();
    await see(visitor.message("in the wiki", visitor.thread));
});

test("reactions are added with one click, counted, and taken back", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("we shipped it");
    const said = visitor.message("we shipped it");
    await (await visitor.tools(said)).getByRole("button", { name: "React: done" }).click();
    const done = said.getByRole("button", { name: /white check mark 1 ?, from ada/ });
    await see(done);
    await visitor.be("ben");
    await said.getByRole("button", { name: /white check mark/ }).click();
    await see(said.getByRole("button", { name: /white check mark 2 ?, from ada, ben/ }));
    await said.getByRole("button", { name: /white check mark/ }).click();
    await see(done);

    await (await visitor.tools(said)).getByRole("button", { name: "React with another emoji" }).click();
    await visitor.page.getByRole("combobox", { name: /^Narrow/ }).fill("party");
    await visitor.page.getByRole("option", { name: "partying face" }).click();
    await see(said.getByRole("button", { name: /partying face 1 ?, from ben/ }));
});

test("one's own messages can be changed and deleted, those of others cannot", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("we meet at ten");
    await see(visitor.message("we meet at ten"));
    await visitor.do_more(visitor.message("we meet at ten"), "Edit");
    const editor = visitor.main.getByRole("textbox", { name: "Edit the message" });
    await editor.fill("we meet at eleven");
    await editor.press("Enter");
    await see(visitor.message("we meet at eleven").getByText("(edited)"));

    await visitor.composer.press("ArrowUp");
    await editor.fill("we meet at noon");
    await editor.press("Escape");
    await see(visitor.message("we meet at eleven"));

    await visitor.be("ben");
    await (await visitor.tools(visitor.message("we meet at eleven"))).getByRole("button", { name: "More" }).click();
    await see(visitor.page.getByRole("option"));
    assert.equal(await visitor.page.getByRole("option", { name: /^(Edit|Delete)$/ }).count(), 0);
    await visitor.page.keyboard.press("Escape");

    await visitor.be("ada");
    await visitor.do_more(visitor.message("we meet at eleven"), "Delete");
    await see_no(visitor.message("we meet at eleven"));
});

test("names, channels, emoji and commands are completed while one types", limits, async (t) => {
    const visitor = await stage.visit(t);
    const { page, composer } = visitor;
    const offered = (name) => page.getByRole("listbox", { name: /^Fitting/ }).getByRole("option", { name });
    await composer.pressSequentially("@che");
    await see(offered(/@chen Chen/));
    await composer.press("Tab");
    assert.equal(await composer.inputValue(), "@chen ");
    await composer.pressSequentially("is in #plat");
    await see(offered(/#platform-leads/));
    await offered(/^#platform /).click();
    await composer.pressSequentially(":tad");
    await composer.press("Enter");
    assert.equal(await composer.inputValue(), "@chen is in #platform :tada: ");
    await composer.press("Enter");
    const said = visitor.message("is in #platform");
    await see(said.getByText("@chen"), said.getByRole("button", { name: "#platform" }), said.getByRole("img", { name: "tada" }));

    await composer.pressSequentially("/");
    await see(offered(/^\/ack /));
    await picture(visitor, "newcomer-completion");
    await composer.press("Escape");
    await see_no(offered(/^\/ack /));
    assert.equal(await composer.inputValue(), "/");
});

test("an unknown command is not sent, and the words stay", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("/akc @ben read this");
    await see(visitor.main.getByRole("alert").filter({ hasText: "There is no command /akc." }));
    assert.equal(await visitor.composer.inputValue(), "/akc @ben read this");
});

test("who has something to read wears a number until it was looked at", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("dana");
    await see(visitor.places.getByRole("button", { name: "general", exact: true }));
    await visitor.open("random");
    await see(visitor.people.getByRole("button", { name: "dana", exact: true }));
    await visitor.be("ada");
    await stage.world.say("ben", "one thing");
    await stage.world.say("ben", "and another");
    await see(visitor.places.getByRole("button", { name: "general 2 unread" }));
    await see(visitor.people.getByRole("button", { name: "2 unread dana" }));
    await picture(visitor, "newcomer-badges");
    await visitor.be("dana");
    await visitor.open("general");
    await see(visitor.message("one thing").getByText("New", { exact: true }), visitor.message("and another"));
    await see(visitor.places.getByRole("button", { name: "general", exact: true }));
    await see(visitor.people.getByRole("button", { name: "dana", exact: true }));
});

test("ada asks, ben presses Got it on the card, and the card says so to everybody", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("/ack @ben please read the release plan");
    const card = visitor.message("ada needs an answer from ben").filter({ hasText: "release plan" });
    await see(card.getByText("0 of 1 received"));
    const receipt = visitor.message(/Asked as #\d+/);
    await see(receipt.getByText("only visible to you"));
    await picture(visitor, "newcomer-card");

    await visitor.be("ben");
    await see(card);
    await see_no(receipt);
    await card.getByRole("button", { name: "Got it", exact: true }).click();
    await see(card.getByText("1 of 1 received"));
    await visitor.be("ada");
    await see(card.getByText("1 of 1 received"));
});

test("the app's Home shows what waits for somebody, and what they wait for", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.say("/ack @eli !send please check the invoice");
    await see(visitor.message("ada needs an answer from eli"));
    await visitor.open("Home");
    const home = visitor.main.getByRole("group", { name: "Home of ackd for ada" });
    await see(home.getByText("I am waiting for"), home.getByText("please check the invoice"));
    await visitor.be("eli");
    const elis = visitor.main.getByRole("group", { name: "Home of ackd for eli" });
    await see(elis.getByText("Waiting for me"), elis.getByText("please check the invoice"));
    await picture(visitor, "newcomer-home");
    await elis.getByRole("button", { name: "Done" }).first().click();
    await see_no(elis.getByText("please check the invoice"));
});

test("in Messages somebody and the app are alone", limits, async (t) => {
    const visitor = await stage.visit(t);
    await visitor.be("gita");
    await visitor.open("Messages");
    await see(visitor.main.getByText("What ackd tells gita alone appears here"));
    await visitor.say("hello ackd");
    await see(visitor.message("hello ackd"));
    await visitor.main.getByRole("tab", { name: "Home" }).click();
    await see(visitor.main.getByRole("group", { name: "Home of ackd for gita" }));
    await visitor.main.getByRole("tab", { name: "Messages" }).click();
    await visitor.be("hugo");
    await see(visitor.main.getByText("What ackd tells hugo alone appears here"));
    await see_no(visitor.message("hello ackd"));
});
