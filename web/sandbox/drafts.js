// What was typed and not sent yet, for each person and place; it outlives a reload of this tab.
const listeners = new Set();

function name_of(person, place, thread) {
    return `draft ${person} ${place} ${thread ?? ""}`;
}

export function draft_of(person, place, thread = null) {
    return sessionStorage.getItem(name_of(person, place, thread)) ?? "";
}

export function keep_draft(person, place, thread, text) {
    const name = name_of(person, place, thread);
    if (text) sessionStorage.setItem(name, text);
    else sessionStorage.removeItem(name);
}

/// Puts words into somebody's composer, as the tour does.
export function suggest_draft(person, place, text) {
    keep_draft(person, place, null, text);
    for (const listener of [...listeners]) listener();
}

export function on_suggestion(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}
