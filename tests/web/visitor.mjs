// Somebody at the page: what they do and what they see, by role and accessible name as people and assistive technology
// find it.
import assert from "node:assert/strict";

export class Visitor {
    constructor(page, world) {
        Object.assign(this, { page, world });
        this.people = page.getByRole("navigation", { name: "Who you are" });
        this.places = page.getByRole("navigation", { name: "Places" });
        this.top = page.getByRole("banner").first();
        this.main = page.getByRole("main");
        this.composer = this.main.getByRole("textbox", { name: /^Message / });
        this.thread = page.getByRole("region", { name: /^Thread in / });
        this.form = page.getByRole("dialog");
        this.panel = page.getByRole("complementary", { name: "Behind the scenes" });
        this.tour = page.getByRole("region", { name: "Tour" });
    }

    person(name) {
        return this.people.getByRole("button", { name: new RegExp(`^(\\d+\\+? unread )?${name}$`) });
    }

    place(name) {
        return this.places.getByRole("button", { name: new RegExp(`^${name}( \\d+\\+? unread)?$`) });
    }

    async be(name) {
        await this.person(name).click();
    }

    async open(place) {
        await this.place(place).click();
    }

    async type(words) {
        await this.composer.fill(words);
    }

    /// …and waits until the field is empty again, or says why not.
    async say(words) {
        await this.composer.fill(words);
        await this.composer.press("Enter");
        await eventually("what was said is sent", async () =>
            (await this.composer.inputValue()) === "" || (await this.main.getByRole("alert").count()) > 0);
    }

    /// The messages that hold those words, of the conversation or of `where`.
    message(words, where = this.main) {
        return where.getByRole("feed").getByRole("article").filter({ hasText: words });
    }

    /// Brings it into view, and lets the list take note.
    async scroll_to(thing) {
        await thing.scrollIntoViewIfNeeded();
        await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }

    /// Points at a message, and gives its tools.
    async tools(message) {
        await this.scroll_to(message);
        await message.hover();
        return message.getByRole("group", { name: "Do something with this message" });
    }

    /// Something that a message can be used for, by its menu.
    async do_more(message, what) {
        await (await this.tools(message)).getByRole("button", { name: "More" }).click();
        await this.page.getByRole("option", { name: what }).click();
    }

    /// Chooses in a menu that its button opens.
    async choose(button, option) {
        await button.click();
        await this.page.getByRole("option", { name: option }).first().click();
    }

    /// Whether the document is wider than the screen.
    async scrolls_sideways() {
        return this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    }
}

/// Waits until it is on the screen.
export async function see(...things) {
    for (const thing of things) await thing.first().waitFor({ state: "visible" });
}

/// Waits until it is gone from the screen.
export async function see_no(...things) {
    for (const thing of things) await thing.first().waitFor({ state: "hidden" });
}

/// Waits until it is as wanted: looks again and again until the test's patience is over.
export async function eventually(what, look, within_ms = 20_000) {
    const deadline = Date.now() + within_ms;
    let found;
    for (;;) {
        found = await look();
        if (found) return found;
        if (Date.now() > deadline) assert.fail(`not within ${within_ms} ms: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
