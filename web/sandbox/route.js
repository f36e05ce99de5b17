// Who the visitor is and what they look at, kept in the address after "#", so that reload and back work:
//
//     #/U0ADA/C0GENERAL                    a channel
//     #/U0ADA/C0GENERAL/1795251457.195240  and a thread of it
//     #/U0ADA/home   #/U0ADA/dm            the app's home, and the person's conversation with the app
import { use_store, store } from "./store.js";
import { createContext, useContext, useLayoutEffect, useState } from "./view.js";

export function parse_route(hash) {
    const [person = null, place = null, thread = null] = hash.replace(/^#?\/?/, "").split("/").map(decoded);
    return { person: person || null, place: place || null, thread: thread || null };
}

function decoded(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return "";
    }
}

export function format_route({ person, place, thread }) {
    return "#/" + [person, place, thread].filter(Boolean).map(encodeURIComponent).join("/");
}

/// The person's conversation with the app, or undefined while there is none.
export function dm_of(state, person) {
    return Object.values(state.channels).find((channel) => channel.kind === "im" && channel.with === person);
}

export function can_see(state, person, place) {
    if (place === "dm") return true;
    if (place === "home") return state.app.has_home;
    const channel = state.channels[place];
    if (!channel) return false;
    if (channel.kind === "im") return channel.with === person;
    return channel.kind === "public" || channel.members.includes(person);
}

/// The route, repaired: an unknown person is the first, a place they do not see is their first channel.
export function repaired(route, state) {
    const people = people_to_be(state);
    const person = people.find((each) => each.id === route.person) ?? people[0];
    if (!person) return route;
    let { place, thread } = route;
    if (state.channels[place]?.kind === "im" && can_see(state, person.id, place)) place = "dm";
    if (!place || !can_see(state, person.id, place)) {
        place = places_of(state, person.id)[0]?.id ?? "dm";
        thread = null;
    }
    return { person: person.id, place, thread: place === "home" ? null : thread };
}

/// In every workspace, and nobody.
const slackbot = "USLACKBOT";

export function people_to_be(state) {
    return Object.values(state.people).filter((person) => !person.is_bot && !person.is_deactivated && person.id !== slackbot);
}

/// The channels somebody is in, by name, archived ones last.
export function places_of(state, person) {
    return Object.values(state.channels)
        .filter((channel) => channel.kind !== "im" && channel.members.includes(person))
        .sort((a, b) => a.is_archived - b.is_archived || a.name.localeCompare(b.name));
}

let current = parse_route(location.hash);
const listeners = new Set();

function changed() {
    current = parse_route(location.hash);
    for (const listener of [...listeners]) listener();
}
addEventListener("hashchange", changed);

export function go(change) {
    const next = { ...repaired(current, store.state), ...change };
    const address = format_route(repaired(next, store.state));
    if (address === location.hash) return;
    history.pushState(null, "", address);
    changed();
}

/// A message to scroll to when its conversation is shown; taken once.
let sought = null;
export function take_sought(channel) {
    if (sought?.channel !== channel) return null;
    const { ts } = sought;
    sought = null;
    return ts;
}

export function open_message(channel, ts) {
    sought = { channel, ts };
    go({ place: channel, thread: null });
    for (const listener of [...listeners]) listener();
}

export const be = (person) => go({ person, thread: null });
export const open_place = (place) => go({ place, thread: null });
export const open_thread = (thread) => go({ thread });

export function current_route() {
    return repaired(current, store.state);
}

/// {person, place, thread}, always of somebody and something that exists.
export function use_route() {
    const [, redraw] = useState(0);
    useLayoutEffect(() => {
        const listener = () => redraw((count) => count + 1);
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, []);
    const people = use_store((state) => state.people);
    const channels = use_store((state) => state.channels);
    const app = use_store((state) => state.app);
    return repaired(current, { people, channels, app });
}

/// The person whom the visitor is, for all views below.
export const Me = createContext(null);
export const use_me = () => useContext(Me);
