// Every view, on a wide screen and on a phone, light and dark: axe finds nothing wrong, and nothing is cut off at the side.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { limits, phone, picture, set_stage, wide } from "./browser.mjs";
import { see } from "./visitor.mjs";
import { World } from "./world.mjs";

const stage = set_stage(lively_world);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// A workspace in which something of everything was said, and where time stands.
async function lively_world() {
    const world = await World.demo();
    await world.call("time", { scale: 0 });
    const ts = await world.say("ben", "The *release plan* is in <https://example.com|the wiki>; `v1.2`, on Thursday :tada:\n> whoever tests, say so");
    await world.say("chen", "I can look at it @ada", { thread_ts: ts });
    await world.call("react", { channel: "#general", ts, user: "@ada", name: "eyes" });
    const edited = await world.say("ada", "we meet at ten");
    await world.call("edit", { channel: "#general", ts: edited, text: "we meet at eleven" });
    await world.as_app("chat.postMessage", { channel: "C0GENERAL", text: "not drawn", blocks: [{ type: "markdown", text: "# heading" }] });
    await world.call("command", { channel: "#general", user: "@ada", command: "/ack", text: "@ben @chen !send please read the release plan" });
    await world.call("expect", { channel: "#general", contains: "release plan", timeout_ms: 10_000 });
    await world.say("dana", "thank you all");
    return world;
}

/// How somebody gets each view before them; every one begins at ada's #general.
const views = {
    channel: async () => {},
    "message-tools": async (visitor) => {
        await see(await visitor.tools(visitor.message("The release plan is in")));
    },
    emoji: async (visitor) => {
        await (await visitor.tools(visitor.message("we meet at eleven"))).getByRole("button", { name: "React with another emoji" }).click();
        await see(visitor.page.getByRole("option"));
    },
    menu: async (visitor) => {
        await visitor.message("ada needs an answer from").getByRole("button", { name: /^Got it, by/ }).click();
        await see(visitor.page.getByRole("option"));
    },
    completion: async (visitor) => {
        await visitor.composer.pressSequentially("see @");
        await see(visitor.page.getByRole("listbox", { name: /^Fitting/ }));
    },
    "unknown-command": async (visitor) => {
        await visitor.say("/nonsense");
        await see(visitor.main.getByRole("alert"));
    },
    editor: async (visitor) => {
        await visitor.composer.press("ArrowUp");
        await see(visitor.main.getByRole("textbox", { name: "Edit the message" }));
    },
    thread: async (visitor) => {
        const replies = visitor.message("The release plan is in").getByRole("button", { name: /1 reply/ });
        await visitor.scroll_to(replies);
        await replies.click();
        await see(visitor.message("I can look at it", visitor.thread));
    },
    home: async (visitor) => {
        await visitor.go("home");
        await see(visitor.main.getByText("I am waiting for"));
    },
    messages: async (visitor) => {
        await visitor.go("dm");
        await see(visitor.main.getByText("What ackd tells ada alone appears here"));
    },
    "not-joined": async (visitor) => {
        await visitor.go("C0PLATFORM", "U0INES");
        await see(visitor.main.getByText("ines is not in this channel."));
    },
    wire: async (visitor) => {
        await visitor.top.getByRole("button", { name: "Wire" }).click();
        await visitor.world.say("ben", "on the wire", { channel: "#platform" });
        await visitor.world.as_app("auth.test");
        await visitor.panel.getByRole("button", { name: /auth.test/ }).last().click();
        await see(visitor.panel.getByText('"ok": true'));
    },
    faults: async (visitor) => {
        await visitor.top.getByRole("button", { name: "Wire" }).click();
        await visitor.panel.getByRole("tab", { name: "Faults" }).click();
        await visitor.panel.getByRole("switch", { name: /^Delay/ }).check();
        await see(visitor.panel.getByRole("combobox", { name: "How often: Delay" }));
    },
    teammates: async (visitor) => {
        await visitor.top.getByRole("button", { name: "Wire" }).click();
        await visitor.panel.getByRole("tab", { name: "Teammates" }).click();
        await see(visitor.panel.getByRole("button", { name: "Be chen" }));
    },
    tour: async (visitor) => {
        await visitor.top.getByRole("button", { name: "Tour" }).click();
        await see(visitor.tour.getByRole("heading", { name: /1 of 7/ }));
    },
    form: async (visitor) => {
        await visitor.say("/ack");
        await visitor.form.getByRole("button", { name: "Ask" }).click();
        await see(visitor.form.getByRole("alert"));
    },
    "form-menu": async (visitor) => {
        await visitor.say("/ack");
        await visitor.form.getByRole("button", { name: /^Who/ }).click();
        await see(visitor.page.getByRole("option"));
    },
    drawer: async (visitor) => {
        const menu = visitor.page.getByRole("button", { name: /^People and channels/ });
        if (await menu.isVisible()) await menu.click();
        await see(visitor.person("ben"));
    },
};

async function violations(visitor) {
    const found = await visitor.page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
    return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
}

for (const [screen, size] of Object.entries({ wide, phone })) {
    test(`axe finds nothing wrong with any view on a ${screen} screen, light or dark, and nothing is cut off`, limits, async (t) => {
        const visitor = await stage.visit(t, { size, at: "#/U0ADA/C0GENERAL" });
        const { page } = visitor;
        // Evaluated, not put into the document: the page lets no other script in.
        await page.addInitScript(axe);
        visitor.go = (place, person = "U0ADA") => page.goto(`${stage.world.address}/#/${person}/${place}`);
        const wrong = [];
        for (const [name, open] of Object.entries(views)) {
            await visitor.go("C0GENERAL");
            await page.evaluate(() => (sessionStorage.clear(), localStorage.clear()));
            await page.reload();
            await see(visitor.message("thank you all"));
            try {
                await open(visitor);
            } catch (error) {
                await picture(visitor, `failed-${name}-${screen}`);
                throw error;
            }
            for (const colours of ["light", "dark"]) {
                await page.emulateMedia({ colorScheme: colours });
                await picture(visitor, `${name}-${screen}-${colours}`);
                for (const problem of await violations(visitor)) wrong.push(`${name}, ${colours}: ${problem}`);
            }
            if (await visitor.scrolls_sideways()) wrong.push(`${name}: scrolls sideways`);
            await stage.world.ask("close_form", { user: "@ada" });
            await stage.world.call("faults", {});
        }
        assert.equal(wrong.join("\n"), "");
    });
}

test("the colours can be chosen, and stay chosen", limits, async (t) => {
    const visitor = await stage.visit(t, { colours: "light" });
    const ground = () => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [light] = [await ground()];
    await visitor.page.getByRole("button", { name: "Colours: system. Change to light." }).click();
    assert.equal(await ground(), light);
    await visitor.page.getByRole("button", { name: "Colours: light. Change to dark." }).click();
    assert.notEqual(await ground(), light);
    await visitor.page.reload();
    await see(visitor.page.getByRole("button", { name: "Colours: dark. Change to system." }));
    assert.notEqual(await ground(), light);
});

test("on a phone everything is one tap away, and large enough for a finger", limits, async (t) => {
    const visitor = await stage.visit(t, { size: phone });
    await visitor.page.getByRole("button", { name: /^People and channels; you are ada/ }).tap();
    await visitor.person("ben").tap();
    await see(visitor.main.getByRole("textbox", { name: "Message #general as ben" }));
    await visitor.page.getByRole("button", { name: /^People and channels; you are ben/ }).tap();
    await visitor.place("Home").tap();
    await see(visitor.main.getByText("Waiting for me"));
    await visitor.main.getByRole("button", { name: "Got it", exact: true }).tap();
    await visitor.page.getByRole("button", { name: /^People and channels/ }).tap();
    await visitor.place("general").tap();
    await see(visitor.message("ada needs an answer from").getByText("1 of 2 received"));
    await visitor.message("The release plan is in").getByRole("button", { name: /1 reply/ }).tap();
    await see(visitor.thread.getByRole("textbox", { name: "Reply as ben" }));
    await visitor.thread.getByRole("button", { name: "Close the thread" }).tap();

    const small = await visitor.page.getByRole("button").evaluateAll((buttons) =>
        buttons.map((button) => [button.ariaLabel ?? button.innerText, button.getBoundingClientRect()])
            .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 24)).map(([name]) => name));
    assert.deepEqual(small, []);
});
