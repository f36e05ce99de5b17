// What a list of messages shows beside the messages: where a day begins, what is new, whose name need not be repeated.
// Pure.
import { day_key } from "./moments.js";

const group_seconds = 300;

/// [{key, message, day_starts, is_new, is_compact}], for a reader in that time zone.
export function message_items(messages, zone, first_new = null) {
    let before = null;
    let day_before = "";
    return messages.map((message) => {
        const day = day_key(message.ts, zone);
        const day_starts = day !== day_before;
        const is_new = message.ts === first_new;
        const is_compact = !day_starts && !is_new && before !== null && goes_on(before, message);
        before = message;
        day_before = day;
        return { key: message.ts, message, day_starts, is_new, is_compact };
    });
}

function goes_on(before, message) {
    return (
        before.user === message.user &&
        before.username === message.username &&
        before.ephemeral === message.ephemeral &&
        !before.deleted &&
        !message.broadcast &&
        Number(message.ts) - Number(before.ts) < group_seconds
    );
}

/// The message at which the last `count` messages of others begin, or null.
export function first_unread(messages, count, me) {
    let rest = count;
    for (let at = messages.length - 1; at >= 0 && rest > 0; --at) {
        if (messages[at].user !== me && !messages[at].ephemeral && --rest === 0) return messages[at].ts;
    }
    return null;
}
