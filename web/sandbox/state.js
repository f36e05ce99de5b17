// What the page knows, and how each frame of the sandbox changes it. Pure: (state, frame) → state.
//
// Frames are those of PROTOCOL.md, and a few that the page tells itself: link, history_requested,
// history_answered, history_failed. Nothing is changed in place, so that views may compare by identity.
import { histories_with, history_answered, history_failed, history_requested } from "./histories.js";
import { observe } from "./tour/observations.js";

export const initial_state = Object.freeze({
    /// The page's own socket: "opening", "open", "lost".
    link: "opening",
    /// Counts the hellos: what was read before the last one is stale.
    generation: 0,
    team: { id: "", name: "" },
    app: { user: "", name: "the app", commands: [], shortcuts: [], has_home: false },
    people: {},
    channels: {},
    groups: {},
    clock: { now: "0.000000", scale: 1, is_paused: false, goal: null },
    /// performance.now() when the clock was told.
    clock_told_at: 0,
    teammates: { is_active: false, people: {} },
    faults: {},
    offline: false,
    connection: { sockets: 0, unconfirmed: 0, is_http: false },
    unread: {},
    histories: {},
    homes: {},
    forms: {},
    wire: [],
    /// What the tour has noticed; null when no tour is on.
    observations: null,
});

const wire_entries_max = 2000;

export function reduce(state, frame) {
    const next = reduce_frame(state, frame);
    if (!next.observations) return next;
    const observations = observe(next.observations, frame, next);
    return observations === next.observations ? next : { ...next, observations };
}

function reduce_frame(state, frame) {
    switch (frame.type) {
        case "hello": return welcome(state, frame);
        case "link": return { ...state, link: frame.link };
        case "message":
        case "message_gone":
        case "ephemeral":
        case "ephemeral_gone": return { ...state, histories: histories_with(state.histories, frame) };
        case "person": return { ...state, people: { ...state.people, [frame.person.id]: frame.person } };
        case "channel": return { ...state, channels: { ...state.channels, [frame.channel.id]: frame.channel } };
        case "group": return { ...state, groups: { ...state.groups, [frame.group.id]: frame.group } };
        case "app": return { ...state, app: frame.app };
        case "home": return { ...state, homes: { ...state.homes, [frame.user]: frame.view } };
        case "forms": return { ...state, forms: { ...state.forms, [frame.user]: frame.stack } };
        case "unread": return with_unread(state, frame);
        case "clock": return { ...state, clock: frame.clock, clock_told_at: frame.told_at ?? 0 };
        case "teammates": return { ...state, teammates: frame.teammates };
        case "faults": return { ...state, faults: frame.faults ?? {}, offline: frame.offline === true };
        case "connection": return { ...state, connection: frame.connection };
        case "wire": return { ...state, wire: wire_with(state.wire, frame.entries) };
        case "history_requested": return { ...state, histories: history_requested(state.histories, frame) };
        case "history_answered": return { ...state, histories: history_answered(state.histories, frame) };
        case "history_failed": return { ...state, histories: history_failed(state.histories, frame) };
        case "tour": return { ...state, observations: frame.observations };
        default: return state;
    }
}

function welcome(state, frame) {
    return {
        ...initial_state,
        link: "open",
        generation: state.generation + 1,
        team: frame.team,
        app: { ...initial_state.app, ...frame.app },
        people: by_id(frame.people),
        channels: by_id(frame.channels),
        groups: by_id(frame.groups),
        clock: frame.clock,
        clock_told_at: frame.told_at ?? 0,
        teammates: frame.teammates ?? initial_state.teammates,
        faults: frame.faults ?? {},
        offline: frame.offline === true,
        connection: frame.connection ?? initial_state.connection,
        unread: frame.unread ?? {},
        observations: state.observations,
    };
}

function by_id(list) {
    return Object.fromEntries((list ?? []).map((each) => [each.id, each]));
}

function with_unread(state, { user, channel, count }) {
    return { ...state, unread: { ...state.unread, [user]: { ...state.unread[user], [channel]: count } } };
}

function wire_with(entries, changed) {
    const all = [...entries];
    const places = new Map(all.map((entry, at) => [entry.id, at]));
    for (const entry of changed) {
        const at = places.get(entry.id);
        if (at !== undefined) {
            all[at] = entry;
        } else {
            places.set(entry.id, all.length);
            all.push(entry);
        }
    }
    return all.length > wire_entries_max ? all.slice(-wire_entries_max) : all;
}
