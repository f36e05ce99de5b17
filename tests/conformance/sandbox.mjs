// The sandbox as a process of its own, and its control API: how a test plays the people and looks at what they see.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';

export const BOT_TOKEN = 'xoxb-sandbox';
export const APP_TOKEN = 'xapp-sandbox';
export const CONFIGURATION_TOKEN = 'xoxe.xoxp-sandbox';
export const SIGNING_SECRET = 'sandbox-signing-secret';

/// A logger for SDKs whose warnings are expected.
export const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };

export class Sandbox {
  static async start(...options) {
    const program = path.join(process.env.ACKD_BIN_DIR, 'ackd-sandbox');
    const child = spawn(program, ['serve', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const endWithUs = () => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    const lines = createInterface({ input: child.stdout });
    const first = await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      child.once('exit', (code) => reject(new Error(`ackd-sandbox ended with ${code}`)));
    });
    const sandbox = new Sandbox();
    sandbox.child = child;
    sandbox.address = JSON.parse(first).listening;
    sandbox.api = JSON.parse(first).api;
    sandbox.release = () => process.off('exit', endWithUs);
    return sandbox;
  }

  /// The whole answer of the control API, refusals included.
  async ask(route, body = {}) {
    const answer = await fetch(`${this.address}/sandbox/${route}`, { method: 'POST', body: JSON.stringify(body) });
    return answer.json();
  }

  /// The same, when a refusal is a failure of the test.
  async call(route, body = {}) {
    const answer = await this.ask(route, body);
    if (!answer.ok) throw new Error(`/sandbox/${route} ${JSON.stringify(body)}: ${JSON.stringify(answer)}`);
    return answer;
  }

  stats() {
    return this.call('stats');
  }

  /// The messages that say so, once people see them.
  async expect(contains, where) {
    return (await this.call('expect', { contains, ...where })).messages;
  }

  async end() {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    this.release();
  }
}

/// What an app has noticed, in order, and waiting for it.
export class Seen {
  #things = [];
  #waiting = new Set();

  add(kind, thing = {}) {
    this.#things.push({ kind, ...thing });
    for (const look of [...this.#waiting]) look();
  }

  all(kind) {
    return this.#things.filter((thing) => thing.kind === kind);
  }

  /// The first `count` things of the kind that fit, as soon as they are there.
  async wait(kind, fits = () => true, count = 1, withinMs = 15_000) {
    const found = () => this.all(kind).filter(fits);
    return new Promise((resolve, reject) => {
      const look = () => {
        if (found().length < count) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found());
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`saw ${found().length} of ${count} × ${kind}; there was ${JSON.stringify(this.#things)}`));
      }, withinMs);
      this.#waiting.add(look);
      look();
    });
  }
}
