// What the tour notices of what happens, gathered from the sandbox's frames, so that it works whatever is on the screen.
// Pure: (observations, frame, state) → observations, the same object when there is nothing new.
//
// Others ask and answer meanwhile, so it looks for what belongs to the tour: what ada asks ben, and what ada asks chen.
//
//   numbers:  those of ada's requests, in their order
//   plan, incident:  the cards of both, {channel, ts, words}, or null
//   nudge:    ben's private message about the first, {channel, ts, is_answered}, or null
//   calls:    {name: {channel, ts, is_stood_down}}, the private messages to those on call
//   was_cut, acted_while_cut, is_healed, caught_up:  the connection's story
//   traced:   a time line was shown

export const nothing_observed = Object.freeze({
    numbers: [],
    plan: null,
    incident: null,
    nudge: null,
    calls: {},
    was_cut: false,
    acted_while_cut: false,
    is_healed: false,
    caught_up: false,
    traced: false,
});

export function observe(seen, frame, state) {
    switch (frame.type) {
        case "message": return with_message(seen, frame, state);
        case "ephemeral": return with_ephemeral(seen, words_of(frame.message), name_of(frame.to, state));
        case "faults": return with_cut(seen, frame.offline === true);
        default: return seen;
    }
}

const name_of = (id, state) => state.people[id]?.name;

function with_ephemeral(seen, words, reader) {
    if (reader !== "ada") return seen;
    if (words.includes("Time line of")) return { ...seen, traced: true };
    const [, number] = /Asked as #(\d+)/.exec(words) ?? [];
    return number && !seen.numbers.includes(number) ? { ...seen, numbers: [...seen.numbers, number] } : seen;
}

function with_message(seen, { channel, message }, state) {
    const place = state.channels[channel];
    if (!place) return seen;
    const is_away = seen.was_cut && !seen.is_healed;
    if (!message.from_app) {
        return is_away && name_of(message.user, state) === "ben" ? { ...seen, acted_while_cut: true } : seen;
    }
    if (place.kind === "im") return with_private_message(seen, place, message, name_of(place.with, state));
    // A reaction on the card is a change of the app's message, too.
    const is_act = is_away && message.ts === seen.plan?.ts && message.reactions.length > 0;
    return with_card(is_act ? { ...seen, acted_while_cut: true } : seen, channel, message);
}

function with_card(seen, channel, message) {
    const words = words_of(message);
    const card = { channel, ts: message.ts, words };
    if (!seen.plan && words.includes("ada needs an answer from ben")) return { ...seen, plan: card };
    if (!seen.incident && words.includes("ada needs an answer from chen")) return { ...seen, incident: card };
    if (seen.plan?.ts !== message.ts || seen.plan.words === words) return seen;
    return { ...seen, plan: card, caught_up: seen.caught_up || (seen.is_healed && seen.acted_while_cut) };
}

function with_private_message(seen, place, message, reader) {
    const words = words_of(message);
    const entry = { channel: place.id, ts: message.ts };
    const call = seen.calls[reader];
    if (call?.ts === message.ts) {
        const is_stood_down = /has it now|has done it/.test(words);
        if (is_stood_down === call.is_stood_down) return seen;
        return { ...seen, calls: { ...seen.calls, [reader]: { ...call, is_stood_down } } };
    }
    if (words.includes("because chen could not be reached")) {
        return { ...seen, calls: { ...seen.calls, [reader]: { ...entry, is_stood_down: false } } };
    }
    if (reader !== "ben") return seen;
    const is_waiting = words.includes("ada is waiting for you");
    if (seen.nudge?.ts === message.ts) {
        return seen.nudge.is_answered === is_waiting ? { ...seen, nudge: { ...entry, is_answered: !is_waiting } } : seen;
    }
    return !seen.nudge && is_waiting ? { ...seen, nudge: { ...entry, is_answered: false } } : seen;
}

function with_cut(seen, is_offline) {
    if (is_offline && !seen.was_cut) return { ...seen, was_cut: true };
    if (is_offline && seen.is_healed && !seen.caught_up) return { ...seen, is_healed: false };
    if (!is_offline && seen.was_cut && !seen.is_healed) return { ...seen, is_healed: true };
    return seen;
}

export function words_of(message) {
    const texts = (message.blocks ?? []).flatMap((block) =>
        block.type === "context" ? block.elements.map((element) => element.text) : [block.text?.text],
    );
    return [message.text, ...texts].filter(Boolean).join("\n");
}
