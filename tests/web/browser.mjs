// Debian's Chromium, and visitors in it. An error that the page reports fails the test, whatever else is looked at.
import { after, before } from "node:test";
import path from "node:path";
import { chromium } from "playwright-core";
import { Visitor } from "./visitor.mjs";
import { end_all } from "./world.mjs";

export const wide = { width: 1360, height: 850 };
export const phone = { width: 390, height: 844 };

const screenshots = process.env.ACKD_SCREENSHOTS;
/// Long, since a machine that does much else is slow; nothing that works takes it.
const patience_ms = 20_000;

/// What the tests of a file share: `start` opens the world. Each test visits with a browser context of its own.
export function set_stage(start) {
    const stage = {
        visit: (t, options) => visit(t, stage.browser, stage.world, options),
    };
    before(async () => {
        stage.browser = await open_browser();
        stage.world = await start();
    });
    after(async () => {
        await stage.browser?.close();
        await stage.world?.end();
        await end_all();    // where start failed, it has left a world without a name, and node would wait for its end
    });
    return stage;
}

/// No test takes longer, unless something hangs.
export const limits = { timeout: 300_000 };

export function open_browser() {
    return chromium.launch({
        executablePath: process.env.ACKD_CHROMIUM,
        args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-dev-shm-usage", "--process-per-site"],
    });
}

/// Somebody new in a browser of their own. `t` is the test: its end is the visitor's.
/// Options: size, colours ("light" or "dark"), at (what follows the address), address (when not the stage's), expects_errors.
export async function visit(t, browser, world, options = {}) {
    const { size = wide, colours = "light", at = "", address, expects_errors = false } = options;
    const context = await browser.newContext({
        viewport: size,
        colorScheme: colours,
        reducedMotion: "reduce",
        hasTouch: size === phone,
        isMobile: size === phone,
    });
    context.setDefaultTimeout(patience_ms);
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    t.after(async () => {
        await context.close();
        if (!expects_errors && errors.length) throw new Error(`the page said: ${errors.join("\n")}`);
    });
    await page.goto(`${address ?? world.address}/${at}`);
    const visitor = new Visitor(page, world);
    await visitor.main.getByRole("region").first().waitFor();
    return visitor;
}

/// For the eyes of whoever develops, where --screenshots says.
export async function picture(visitor, name) {
    if (screenshots) await visitor.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}
