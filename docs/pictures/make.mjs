// Makes the pictures of the README from the sandbox's page: `./dev pictures`. Plays a little of a Monday through the
// control API, in the demo's workspace, and takes what a visitor would see.
//
//     node make.mjs ROOT BIN_DIR OUT_DIR CHROMIUM        (from a folder with playwright-core)
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [root, bin_dir, out_dir, browser_path] = process.argv.slice(2);
const size = { width: 1280, height: 760 };

async function start_demo() {
    const demo = spawn("python3", [path.join(root, "tools/demo.py"), "--bin-dir", bin_dir, "--alone", "--no-browser"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: demo.stdout })) {
        const found = /^ackd is running: (.*)\/$/.exec(line);
        if (found) return { demo, address: found[1] };
    }
    throw new Error("the demo did not start");
}

/// The control API; a refusal is an error.
function control(address) {
    return async (name, body) => {
        const answer = await (await fetch(`${address}/sandbox/${name}`, { method: "POST", body: JSON.stringify(body) })).json();
        if (!answer.ok) throw new Error(`${name} ${JSON.stringify(body)}: ${answer.error}`);
        return answer;
    };
}

const general = "#general";

/// A Monday afternoon: something is asked of five people, some have it; ben has forgotten something else.
async function play(call) {
    const say = (user, text) => call("post", { channel: general, user, text });
    const ask = async (user, text, words) => {
        await call("command", { channel: general, user, command: "/ack", text: `!send ${text}` });
        return (await call("expect", { channel: general, contains: words })).messages.at(-1).ts;
    };
    const press = (ts, user, action_id) => call("press", { channel: general, ts, user, action_id });
    await call("time", { scale: 1 });
    await say("@gita", "The customer from yesterday is happy again.");
    await ask("@ada", "@ben please sign off the quota of the build machines", "quota of the build machines");
    await say("@hugo", "New icons are in the design folder.");
    const plan = await ask("@ada", "@ben @chen @dana @eli @hugo please read the release plan by Thursday", "release plan");
    await press(plan, "@hugo", "got_it");
    await press(plan, "@dana", "got_it");
    await press(plan, "@dana", "done");
    await call("react", { channel: general, ts: plan, user: "@eli", name: "eyes" });
    await call("expect", { channel: general, ts: plan, contains: "3 of 5 received" });
    await call("time", { to_next: true });
    await call("expect", { user: "@ben", contains: "quota of the build machines", timeout_ms: 60_000 });
    await call("time", { scale: 0 });
}

/// Eleven days of platform's work in progress, what is typed on each.
const work = [
    ["@chen start the importer"],
    ["@hugo start the exporter"],
    [],
    ["@chen done 1", "@chen start the fair's badges"],
    ["@ada force the audit because the auditor is here on Friday"],
    ["@hugo done 2", "@hugo start the heron's nest"],
    [],
    ["@ada done 4", "@chen done 3"],
    [],
    ["@chen start the new quotas"],
    ["@hugo done 5"],
];

/// What ackd draws of them for Slack, as the sandbox has fetched it.
async function take_chart(call, address) {
    const day = 24 * 3600;
    for (const typed of work) {
        for (const line of typed) {
            const [, user, text] = /^(\S+) (.*)$/.exec(line);
            await call("command", { channel: general, user, command: "/wip", text });
        }
        await call("time", { to: (Number((await call("clock", {})).now) + day).toFixed(6) });
        let clock = await call("clock", {});
        while (clock.goal) clock = await call("clock", { after: clock.revision, timeout_ms: 20_000 });
    }
    await call("time", { scale: 1 });
    await call("command", { channel: general, user: "@dana", command: "/wip", text: "platform" });
    const said = await call("expect", { channel: general, user: "@dana", contains: "Most at once, a day", timeout_ms: 20_000 });
    const image = said.messages.at(-1).blocks.find((block) => block.type === "image");
    const copy = await fetch(`${address}/page/picture?url=${encodeURIComponent(image.image_url)}`);
    await writeFile(path.join(out_dir, "chart.png"), Buffer.from(await copy.arrayBuffer()));
}

async function take(browser, address, name, { hash, prepare, wanted, ...looks }) {
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.25, ...looks });
    await page.addInitScript(() => localStorage.setItem("ackd-sandbox-welcomed", "yes"));
    await page.goto(`${address}/${hash}`);
    await page.getByText(wanted).first().waitFor();
    await prepare?.(page);
    await page.mouse.move(size.width / 2, size.height - 1);
    await page.screenshot({ path: path.join(out_dir, `${name}.png`) });
    await page.close();
}

const { demo, address } = await start_demo();
const browser = await chromium.launch({ executablePath: browser_path, args: ["--no-sandbox"] });
try {
    await play(control(address));
    await take(browser, address, "card", { hash: "#/U0ADA/C0GENERAL", wanted: "3 of 5 received" });
    await take(browser, address, "nudge", { hash: "#/U0BEN/dm", wanted: "quota of the build machines" });
    await take(browser, address, "home", {
        hash: "#/U0ADA/home",
        wanted: "I am waiting for",
        colorScheme: "dark",
    });
    await take_chart(control(address), address);
} finally {
    await browser.close();
    demo.kill("SIGTERM");
    await once(demo, "exit");
}
