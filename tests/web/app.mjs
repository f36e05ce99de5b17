// An app of a few lines, reached over HTTP: for what ackd does not do, as other blocks, forms and words than its own.
import { createServer } from "node:http";
import { eventually } from "./visitor.mjs";
import { World } from "./world.mjs";

export class App {
    interactions = [];
    /// What it does on a command: (the command's fields) → nothing.
    on_command = async () => {};

    /// A workspace with this app in it.
    static async in_workspace(...options) {
        const app = new App();
        app.server = createServer((request, reply) => app.#take(request, reply));
        await new Promise((resolve) => app.server.listen(0, "127.0.0.1", resolve));
        const address = `http://127.0.0.1:${app.server.address().port}/`;
        const world = await World.sandbox("--request-url", address, "--signing-secret", "secret", "--rate-limits", "off", ...options);
        await world.call("wait", { verified: true, timeout_ms: 10_000 });
        const end_world = world.end.bind(world);
        world.app = app;
        world.end = async () => {
            await end_world();
            app.server.close();
        };
        return world;
    }

    async #take(request, reply) {
        let body = "";
        for await (const piece of request) body += piece;
        if (body.startsWith("{")) {
            const event = JSON.parse(body);
            return reply.end(event.challenge ?? "");
        }
        const fields = Object.fromEntries(new URLSearchParams(body));
        reply.end();
        if (fields.payload) this.interactions.push(JSON.parse(fields.payload));
        else if (fields.command) await this.on_command(fields);
    }

    /// What was done with that control, as soon as the app knows of it.
    async action(action_id) {
        const find = () => this.interactions.flatMap((each) => each.actions ?? []).findLast((each) => each.action_id === action_id);
        return eventually(`${action_id} is used`, find);
    }

    /// What was entered in the form of that callback_id, as soon as the app has it.
    async submission(callback_id) {
        return eventually(`${callback_id} is submitted`, () =>
            this.interactions.find((each) => each.type === "view_submission" && each.view.callback_id === callback_id));
    }
}
