// What is under test, as processes: a bare sandbox, or the demonstration with its daemon; and the control API, by which
// a test plays what is not done in the browser. Everything ends with the test file, at the latest with this process.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import path from "node:path";

const bin_dir = process.env.ACKD_BIN_DIR;
const demo_program = process.env.ACKD_DEMO;
const starts_within_ms = 30_000;

const running = new Set();

export class World {
    /// A workspace without any app: ackd-sandbox alone.
    static async sandbox(...options) {
        const child = start(path.join(bin_dir, "ackd-sandbox"), ["serve", ...options]);
        const { listening, api } = JSON.parse(await first_line(child, (line) => line.startsWith("{")));
        return new World(child, listening, api);
    }

    /// What ./dev demo shows: the sandbox and ackd, without a browser; the other seven do nothing by themselves.
    static async demo(...options) {
        const port = await free_port();
        const child = start("python3", [
            demo_program, "--bin-dir", bin_dir, "--no-browser", "--alone", "--port", String(port), ...options,
        ]);
        const address = /http:\S+/.exec(await first_line(child, (line) => line.includes("http://")))[0].replace(/\/$/, "");
        const world = new World(child, address, `${address}/api/`);
        await world.call("wait", { unconfirmed: 0, sockets: 1, timeout_ms: 20_000 });
        return world;
    }

    constructor(child, address, api) {
        Object.assign(this, { child, address, api });
    }

    get port() {
        return new URL(this.address).port;
    }

    /// The whole answer of the control API, refusals included. `body` is an object, or the bytes themselves.
    async ask(route, body = {}) {
        const is_raw = typeof body === "string" || body instanceof Uint8Array;
        const answer = await fetch(`${this.address}/sandbox/${route}`, { method: "POST", body: is_raw ? body : JSON.stringify(body) });
        return answer.json();
    }

    /// The same, when a refusal is a failure of the test.
    async call(route, body = {}) {
        const answer = await this.ask(route, body);
        if (!answer.ok) throw new Error(`/sandbox/${route}: ${answer.error}`);
        return answer;
    }

    /// Says something as somebody; its stamp.
    async say(user, text, more = {}) {
        return (await this.call("post", { channel: "#general", user: `@${user}`, text, ...more })).ts;
    }

    /// What the app does, by the Web API.
    async as_app(method, body) {
        const answer = await fetch(this.api + method, {
            method: "POST",
            headers: { "Content-Type": "application/json; charset=utf-8", Authorization: "Bearer xoxb-sandbox" },
            body: JSON.stringify(body),
        });
        const result = await answer.json();
        if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result)}`);
        return result;
    }

    async end() {
        await end(this.child);
    }
}

/// Ends whatever was started and still runs: also a world of which its maker never gave the name away, since it failed.
export async function end_all() {
    await Promise.all([...running].map(end));
}

function start(program, args) {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.said = "";
    child.stderr.on("data", (data) => (child.said = (child.said + data).slice(-4000)));
    child.end_with_us = () => child.kill("SIGTERM");
    process.once("exit", child.end_with_us);
    running.add(child);
    return child;
}

/// The first line that fits.
function first_line(child, fits) {
    return new Promise((resolve, reject) => {
        const give_up = (why) => reject(new Error(`${child.spawnfile} ${why}: ${child.said}`));
        const timer = setTimeout(() => give_up("did not start in time"), starts_within_ms);
        child.once("error", (error) => give_up(error.message));
        child.once("exit", (code) => give_up(`ended with ${code}`));
        createInterface({ input: child.stdout }).on("line", (line) => {
            if (!fits(line)) return;
            clearTimeout(timer);
            resolve(line);
        });
    });
}

async function end(child) {
    process.off("exit", child.end_with_us);
    running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(timer);
}

export function free_port() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}
