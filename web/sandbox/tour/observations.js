// What the tour notices of what happens, gathered from the sandbox's frames, so that it works whatever is on the screen.
// Pure: (observations, frame, state) → observations, the same object when there is nothing new.
//
//   requests: [{channel, ts, words, is_received}]   the app's cards in channels, in their order
//   nudges:   {person: {channel, ts, is_answered}}   the first private message with a question, of each request's debtor
//   calls:    {person: {channel, ts, is_stood_down}} private messages of an escalation
//   jumps:    how often time was sent to the next thing that happens
//   was_cut, acted_while_cut, is_healed, caught_up:  the connection's story
//   traced:   a time line was shown

export const nothing_observed = Object.freeze({
    requests: [],
    nudges: {},
    calls: {},
    jumps: 0,
    was_cut: false,
    acted_while_cut: false,
    is_healed: false,
    caught_up: false,
    traced: false,
});

export function observe(seen, frame, state) {
    switch (frame.type) {
        case "message": return with_message(seen, frame, state);
        case "ephemeral": return words_of(frame.message).includes("Time line of") ? { ...seen, traced: true } : seen;
        case "clock": return frame.clock.goal?.kind === "event" ? { ...seen, jumps: seen.jumps + 1 } : seen;
        case "faults": return with_cut(seen, frame.offline === true);
        default: return seen;
    }
}

function with_message(seen, { channel, message }, state) {
    const place = state.channels[channel];
    if (!place) return seen;
    if (!message.from_app) return seen.was_cut && !seen.is_healed ? { ...seen, acted_while_cut: true } : seen;
    if (place.kind === "im") return with_private_message(seen, place, message);
    return with_card(with_act_while_cut(seen, message), channel, message);
}

/// A reaction on a card is a change of the app's message, too.
function with_act_while_cut(seen, message) {
    const is_reacted_to = message.reactions?.length > 0;
    return seen.was_cut && !seen.is_healed && is_reacted_to ? { ...seen, acted_while_cut: true } : seen;
}

function with_card(seen, channel, message) {
    const words = words_of(message);
    const at = seen.requests.findIndex((request) => request.ts === message.ts);
    if (at < 0) {
        if (!button_of(message, "got_it")) return seen;
        const request = { channel, ts: message.ts, words, is_received: false };
        return { ...seen, requests: [...seen.requests, request] };
    }
    const known = seen.requests[at];
    if (known.words === words) return seen;
    const requests = seen.requests.with(at, { ...known, words, is_received: /\b1 of 1 received/.test(words) });
    return { ...seen, requests, caught_up: seen.caught_up || (seen.is_healed && seen.acted_while_cut) };
}

function with_private_message(seen, place, message) {
    const person = place.with;
    const button = button_of(message, "got_it");
    const call = seen.calls[person];
    if (call?.ts === message.ts) {
        const is_stood_down = /has it now|has done it/.test(words_of(message));
        if (is_stood_down === call.is_stood_down) return seen;
        return { ...seen, calls: { ...seen.calls, [person]: { ...call, is_stood_down } } };
    }
    const nudge = seen.nudges[person];
    if (nudge?.ts === message.ts) {
        if (nudge.is_answered === !button) return seen;
        return { ...seen, nudges: { ...seen.nudges, [person]: { ...nudge, is_answered: !button } } };
    }
    const entry = { channel: place.id, ts: message.ts };
    if (button?.text.text === "I have it") {
        return { ...seen, calls: { ...seen.calls, [person]: { ...entry, is_stood_down: false } } };
    }
    if (!button || nudge) return seen;
    return { ...seen, nudges: { ...seen.nudges, [person]: { ...entry, is_answered: false } } };
}

function with_cut(seen, is_offline) {
    if (is_offline && !seen.was_cut) return { ...seen, was_cut: true };
    if (is_offline && seen.is_healed && !seen.caught_up) return { ...seen, is_healed: false };
    if (!is_offline && seen.was_cut && !seen.is_healed) return { ...seen, is_healed: true };
    return seen;
}

function button_of(message, action) {
    const elements = (message.blocks ?? []).flatMap((block) => (block.type === "actions" ? block.elements : []));
    return elements.find((element) => element.type === "button" && element.action_id.split(":")[0] === action);
}

export function words_of(message) {
    const texts = (message.blocks ?? []).flatMap((block) =>
        block.type === "context" ? block.elements.map((element) => element.text) : [block.text?.text],
    );
    return [message.text, ...texts].filter(Boolean).join("\n");
}
