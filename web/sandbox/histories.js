// What is known of conversations: a history is one channel, or one thread of it, as one person sees it.
//
// Pure. A history is read by /sandbox/history and kept up to date by frames. Frames that arrive while it is being
// read are kept, and applied once more on top of the answer: whichever of both came first, the newest wins.

/// {channel, user, thread, messages: oldest first, older: how many come before, phase, error, since}
export function history_key(channel, user, thread = null) {
    return thread ? `${channel}/${user}/${thread}` : `${channel}/${user}`;
}

const histories_max = 12;

export function history_requested(histories, { channel, user, thread = null }) {
    const key = history_key(channel, user, thread);
    const known = histories[key];
    const entry = known
        ? { ...known, phase: known.phase === "failed" ? "reading" : known.phase, since: [] }
        : { channel, user, thread, messages: [], older: 0, phase: "reading", error: null, since: [] };
    const rest = Object.entries(histories).filter(([other]) => other !== key);
    return { ...Object.fromEntries(rest.slice(-(histories_max - 1))), [key]: entry };
}

export function history_answered(histories, { key, messages, older, is_older_page }) {
    const known = histories[key];
    if (!known) return histories;
    let entry;
    if (is_older_page) {
        const first = known.messages.length ? known.messages[0].ts : "";
        const page = first ? messages.filter((message) => message.ts < first) : messages;
        entry = { ...known, messages: [...page, ...known.messages], older, phase: "ready", error: null };
    } else {
        entry = { ...known, messages, older, phase: "ready", error: null };
        for (const frame of known.since ?? []) entry = with_frame(entry, frame);
    }
    return { ...histories, [key]: { ...entry, since: null } };
}

export function history_failed(histories, { key, error }) {
    const known = histories[key];
    if (!known) return histories;
    const phase = known.messages.length ? "ready" : "failed";
    return { ...histories, [key]: { ...known, phase, error, since: null } };
}

/// Applies a message, message_gone, ephemeral or ephemeral_gone frame to every history that it concerns.
export function histories_with(histories, frame) {
    let changed = null;
    for (const [key, history] of Object.entries(histories)) {
        if (history.channel !== frame.channel) continue;
        if (frame.to && frame.to !== history.user) continue;
        let entry = with_frame(history, frame);
        if (history.since) entry = { ...entry, since: [...history.since, frame] };
        if (entry === history) continue;
        changed = changed ?? { ...histories };
        changed[key] = entry;
    }
    return changed ?? histories;
}

function with_frame(history, frame) {
    if (frame.type === "message_gone" || frame.type === "ephemeral_gone") {
        const at = place_of(history.messages, frame.ts);
        if (history.messages[at]?.ts !== frame.ts) return history;
        return { ...history, messages: history.messages.toSpliced(at, 1) };
    }
    const message = frame.message;
    if (!belongs(history, message)) return history;
    const at = place_of(history.messages, message.ts);
    if (history.messages[at]?.ts === message.ts) {
        return { ...history, messages: history.messages.with(at, message) };
    }
    const is_before_what_is_known = at === 0 && history.older > 0;
    if (is_before_what_is_known) return history;
    return { ...history, messages: history.messages.toSpliced(at, 0, message) };
}

function belongs(history, message) {
    if (history.thread) return message.thread_ts === history.thread || message.ts === history.thread;
    return !message.thread_ts || message.broadcast === true;
}

/// Where the message with that ts is, or would be: the first that is not older.
export function place_of(messages, ts) {
    let low = 0;
    let high = messages.length;
    if (high > 0 && messages[high - 1].ts < ts) return high;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (messages[middle].ts < ts) low = middle + 1;
        else high = middle;
    }
    return low;
}
