// A conversation's messages, or a thread's, live: reads them, older ones when the reader comes near the top, and tells
// the sandbox what was read when the newest are in view.
import { html, useEffect, useMemo, useRef, useState } from "./view.js";
import { mark_read, read_history } from "./actions.js";
import { history_key } from "./histories.js";
import { first_unread, message_items } from "./message_items.js";
import { MessageRow } from "./message_row.js";
import { time_words } from "./moments.js";
import { plain_string } from "./plain_text.js";
import { take_sought } from "./route.js";
import { store, use_store } from "./store.js";
import { VirtualList } from "./virtual_list.js";

const height_guess = 56;
const key_of = (item) => item.key;
const spoken_characters_max = 140;

/// props: channel, me, thread (or null), label, empty (what to say when there is nothing), editing, on_edit
export function MessageList({ channel, me, thread = null, label, empty, editing, on_edit }) {
    const key = history_key(channel.id, me.id, thread);
    const history = use_store((state) => state.histories[key]);
    const generation = use_store((state) => state.generation);
    const unread = use_store((state) => state.unread[me.id]?.[channel.id] ?? 0);
    const [is_at_bottom, set_at_bottom] = useState(true);
    const [sought, set_sought] = useState(null);
    const unread_at_first = useRef(unread);
    const list = useRef(null);

    useEffect(() => {
        read_history({ channel: channel.id, user: me.id, thread });
    }, [key, generation]);
    useEffect(() => {
        const ts = take_sought(channel.id);
        if (ts) set_sought(ts);
    });
    const messages = history?.messages;
    const is_read = history?.phase === "ready";
    const first_new = useMemo(() => (is_read && !thread ? first_unread(messages, unread_at_first.current, me.id) : null), [is_read]);
    const items = useMemo(() => message_items(messages ?? [], me.tz, first_new), [messages, me.tz, first_new]);
    use_read_mark({ channel, me, unread, is_seen: is_read && is_at_bottom && !thread });
    const read_older = use_older_pages({ channel, me, thread, history, sought });

    if (!history || history.phase === "reading") return html`<p class="nothing" role="status">Reading …</p>`;
    if (history.phase === "failed") {
        const again = () => read_history({ channel: channel.id, user: me.id, thread });
        return html`<div class="nothing" role="alert"><p>${history.error}</p>
            <button type="button" class="plain" onClick=${again}>Try again</button></div>`;
    }
    const head = html`<div class="list-head">
        ${history.older > 0 ? html`<p role="status">Reading older messages (${history.older}) …</p>` : empty}
    </div>`;
    return html`
        <${VirtualList}
            ref=${list}
            class="messages"
            label=${label}
            items=${items}
            key_of=${key_of}
            height_guess=${height_guess}
            head=${head}
            sought=${sought}
            on_top=${read_older}
            on_bottom=${set_at_bottom}
            row_label=${(item) => spoken_head(item.message, me)}
            draw=${(item) =>
                html`<${MessageRow}
                    message=${item.message}
                    channel=${channel.id}
                    me=${me}
                    thread=${thread}
                    day_starts=${item.day_starts}
                    is_new=${item.is_new}
                    is_compact=${item.is_compact}
                    is_sought=${item.key === sought}
                    is_editing=${editing === item.key}
                    on_edit=${on_edit}
                />`}
        />
        ${!is_at_bottom &&
        html`<button type="button" class="to-newest" onClick=${() => list.current.to_bottom()}>
            ${unread > 0 ? `${unread} new` : "To the newest"} <span aria-hidden="true">↓</span>
        </button>`}
        <${Spoken} messages=${messages} me=${me} />
    `;
}

function author_of(message) {
    return plain_string(message.username || store.state.people[message.user]?.name || message.user);
}

function spoken_head(message, me) {
    return `${author_of(message)}, ${time_words(message.ts, me.tz)}`;
}

function use_read_mark({ channel, me, unread, is_seen }) {
    useEffect(() => {
        if (!is_seen || unread === 0) return undefined;
        const mark = () => {
            if (!document.hidden) mark_read(me.id, channel.id);
        };
        mark();
        document.addEventListener("visibilitychange", mark);
        return () => document.removeEventListener("visibilitychange", mark);
    }, [is_seen, unread, channel.id, me.id]);
}

/// Reads the page before what is known, one at a time; on and on while a message is sought that is not there yet.
function use_older_pages({ channel, me, thread, history, sought }) {
    const is_reading = useRef(false);
    const read_older = async () => {
        if (is_reading.current || !history || history.phase !== "ready" || history.older <= 0) return;
        is_reading.current = true;
        const before = history.messages[0]?.ts;
        const answer = before && (await read_history({ channel: channel.id, user: me.id, thread, before }));
        // After a refusal the reader has to move before it is tried again.
        setTimeout(() => (is_reading.current = false), answer?.ok ? 0 : 2000);
    };
    const first = history?.messages[0]?.ts;
    useEffect(() => {
        if (sought && first && sought < first) read_older();
    }, [sought, first]);
    return read_older;
}

/// Says new messages of others to those who listen instead of looking.
function Spoken({ messages, me }) {
    const [words, set_words] = useState("");
    const newest = messages.at(-1);
    const said = useRef(newest?.ts ?? "");
    useEffect(() => {
        if (!newest || newest.ts <= said.current) return;
        said.current = newest.ts;
        if (newest.user === me.id) return;
        set_words(`${author_of(newest)}: ${plain_string(newest.text).slice(0, spoken_characters_max)}`);
    }, [newest?.ts]);
    return html`<div class="unseen" role="status" aria-live="polite">${words}</div>`;
}
