// Everything the page does, one function each: a POST to the sandbox. All resolve to its answer; a refusal is
// {ok: false, error, words}, where `words` is what can be shown to a person.
import { store } from "./store.js";
import { history_key } from "./histories.js";

const answer_ms_max = 20_000;
export const page_of_history = 200;

export async function send(path, body) {
    let answer;
    try {
        const response = await fetch(`/sandbox/${path}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
            signal: AbortSignal.timeout(answer_ms_max),
        });
        answer = await response.json();
    } catch {
        answer = { ok: false, error: "no_answer" };
    }
    return answer.ok ? answer : { ...answer, ok: false, words: words_for(String(answer.error ?? "no reason given")) };
}

/// A refusal in plain words.
export function words_for(error) {
    const app = store.state.app.name;
    switch (error) {
        case "operation_timeout": return `${app} did not answer within 3 seconds. It may have got it all the same.`;
        case "dispatch_failed": return `${app} is not connected, so nobody got this. Try again when it is.`;
        case "no_answer": return "The sandbox does not answer. Is it still running?";
        case "message_not_found": return "That message is no longer there.";
        case "no_form_open": return "That form is already closed.";
        case "not_in_channel": return "Only members of this channel can do that.";
        case "already_reacted": return "You have reacted with that already.";
        default: return `The sandbox refused: ${error}`;
    }
}

export const post_message = (body) => send("post", body);
export const edit_message = (channel, ts, text) => send("edit", { channel, ts, text });
export const delete_message = (channel, ts) => send("delete", { channel, ts });
export const react = (channel, ts, user, name, is_removed) =>
    send("react", { channel, ts, user, name, ...(is_removed && { remove: true }) });
export const press = (body) => send("press", body);
export const command = (channel, user, name, text) => send("command", { channel, user, command: name, text });
export const submit_form = (user, values) => send("submit", { user, values });
export const close_form = (user) => send("close_form", { user });
export const use_shortcut = (body) => send("shortcut", body);
export const open_app = (user, tab) => send("open_home", { user, tab });
export const mark_read = (user, channel) => send("read", { user, channel });
export const set_time = (body) => send("time", body);
export const set_faults = (faults) => send("faults", faults);
export const set_offline = (on) => send("offline", { on });
export const cut_once = () => send("disconnect", { cut: true });
export const set_teammates = (body) => send("teammates", body);

/// Reads a conversation, or a thread of it; with `before`, the page that comes before what is known.
export async function read_history({ channel, user, thread = null, before = null }) {
    const key = history_key(channel, user, thread);
    if (!before) store.apply({ type: "history_requested", channel, user, thread });
    const generation = store.state.generation;
    const answer = await send("history", {
        channel,
        user,
        limit: page_of_history,
        ...(thread && { thread }),
        ...(before && { before }),
    });
    if (generation !== store.state.generation) return answer;
    store.apply(
        answer.ok
            ? {
                  type: "history_answered",
                  key,
                  messages: answer.messages,
                  older: answer.older ?? 0,
                  is_older_page: before !== null,
              }
            : { type: "history_failed", key, error: answer.words },
    );
    return answer;
}

/// What the app has published for somebody, and what forms are open at their screen. Frames tell every change, so that
/// an answer is of use only where nothing is known yet; it may be older than the last frame.
export async function read_home(user) {
    if (store.state.homes[user]) return;
    const answer = await send("home", { user });
    if (answer.ok && !store.state.homes[user]) store.apply({ type: "home", user, view: answer.view });
}

export async function read_forms(user) {
    if (store.state.forms[user]) return;
    const answer = await send("forms", { user });
    if (answer.ok && !store.state.forms[user]) store.apply({ type: "forms", user, stack: answer.stack });
}
