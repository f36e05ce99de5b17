// The wire: everything that the workspace and the app say to each other, with how long each answer took.
import { html, names, useEffect, useMemo, useState } from "./view.js";
import { watch_wire } from "./live.js";
import { Plain } from "./plain_text.js";
import { store, use_store } from "./store.js";
import { VirtualList } from "./virtual_list.js";

const height_guess = 34;
const kinds = {
    event: { label: "event", direction: "→", meaning: "to the app" },
    command: { label: "command", direction: "→", meaning: "to the app" },
    interaction: { label: "interaction", direction: "→", meaning: "to the app" },
    call: { label: "call", direction: "←", meaning: "from the app" },
    answer_url: { label: "answer", direction: "←", meaning: "from the app" },
    socket: { label: "socket", direction: "⇄", meaning: "the connection" },
    fault: { label: "fault", direction: "✗", meaning: "a fault struck" },
};
const sets = [
    { name: "all", label: "All", kinds: null },
    { name: "to", label: "To the app", kinds: ["event", "command", "interaction"] },
    { name: "from", label: "From the app", kinds: ["call", "answer_url"] },
    { name: "trouble", label: "Trouble", kinds: null },
];

const is_fine = (outcome) => outcome === "ok" || outcome === "confirmed";
const is_trouble = (entry) => entry.kind === "fault" || entry.kind === "socket" || (entry.outcome !== "" && !is_fine(entry.outcome));

/// Those that belong to the set and contain all the words.
export function wire_matching(entries, set_name, typed) {
    const set = sets.find(({ name }) => name === set_name);
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    return entries.filter((entry) => {
        if (set_name === "trouble" && !is_trouble(entry)) return false;
        if (set.kinds && !set.kinds.includes(entry.kind)) return false;
        if (words.length === 0) return true;
        const all = `${entry.kind} ${entry.title} ${entry.outcome} ${entry.detail}`.toLowerCase();
        return words.every((word) => all.includes(word));
    });
}

export function WirePanel() {
    const entries = use_store((state) => state.wire);
    const connection = use_store((state) => state.connection);
    const [typed, set_typed] = useState("");
    const [set_name, set_set] = useState("all");
    const [opened, set_opened] = useState(() => new Set());
    useEffect(() => {
        watch_wire(true);
        return () => watch_wire(false);
    }, []);
    const shown = useMemo(() => wire_matching(entries, set_name, typed), [entries, set_name, typed]);
    const toggle = (id) => {
        const next = new Set(opened);
        if (!next.delete(id)) next.add(id);
        set_opened(next);
    };
    const how = connection.is_http ? "over HTTP" : `${connection.sockets} ${connection.sockets === 1 ? "socket" : "sockets"}`;
    return html`
        <div class="wire-head">
            <p class="note" role="status">${store.state.app.name}: ${how}, ${connection.unconfirmed} not confirmed</p>
            <input class="filter" type="search" aria-label="Search the wire" placeholder="Search: chat.postMessage, error, a word …" value=${typed} onInput=${(event) => set_typed(event.target.value)} />
            <div class="sets" role="group" aria-label="Which entries">
                ${sets.map(({ name, label }) => html`<button key=${name} type="button" class=${names("set", name === set_name && "is-on")} aria-pressed=${name === set_name} onClick=${() => set_set(name)}>${label}</button>`)}
            </div>
        </div>
        ${shown.length === 0
            ? html`<p class="nothing">${entries.length === 0 ? "Nothing yet. Say something in a channel, and see it go to the app." : "Nothing fits."}</p>`
            : html`<${VirtualList}
                  class="wire"
                  label="Entries of the wire"
                  items=${shown}
                  key_of=${(entry) => String(entry.id)}
                  height_guess=${height_guess}
                  row_label=${(entry) => `${kinds[entry.kind]?.label ?? entry.kind} ${entry.title}`}
                  draw=${(entry) => html`<${Entry} entry=${entry} is_open=${opened.has(entry.id)} on_toggle=${() => toggle(entry.id)} />`}
              />`}
    `;
}

function Entry({ entry, is_open, on_toggle }) {
    const kind = kinds[entry.kind] ?? { label: entry.kind, direction: "·", meaning: "" };
    const is_pending = entry.outcome === "";
    const look = is_pending ? "pending" : is_fine(entry.outcome) ? "fine" : "bad";
    const has_outcome = !["socket", "fault"].includes(entry.kind);
    return html`<div class=${`entry ${entry.kind}`}>
        <button type="button" class="entry-line" aria-expanded=${is_open} onClick=${on_toggle}>
            <span class="direction" title=${kind.meaning}>${kind.direction}</span>
            <span class="kind">${kind.label}</span>
            <span class="title"><bdi><${Plain} text=${entry.title} /></bdi></span>
            ${(has_outcome || entry.outcome) && html`<span class=${`outcome ${look}`}>${is_pending ? "…" : html`<${Plain} text=${entry.outcome} />`}</span>`}
            ${entry.ms !== null && entry.ms !== undefined && html`<span class="latency">${latency_words(entry.ms)}</span>`}
        </button>
        ${is_open && html`<pre class="detail" tabindex="0" dir="ltr"><${Plain} text=${pretty(entry.detail)} /></pre>`}
    </div>`;
}

function latency_words(ms) {
    return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/// What was sent, and in the next line what was answered. Blocks and views travel as JSON within JSON: that is opened, too.
function pretty(detail) {
    if (!detail) return "Nothing more is known of this.";
    return detail.split("\n").filter(Boolean).map(pretty_line).join("\n\nanswered:\n\n");
}

function pretty_line(line) {
    try {
        return JSON.stringify(opened(JSON.parse(line)), null, 2);
    } catch {
        return line; // cut off at 16 kB
    }
}

function opened(value) {
    if (typeof value === "string" && /^[[{]/.test(value)) {
        try {
            return opened(JSON.parse(value));
        } catch {
            return value;
        }
    }
    if (Array.isArray(value)) return value.map(opened);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
}
