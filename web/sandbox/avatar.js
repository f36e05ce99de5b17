// A person's picture: their initials on a colour of their own.
import { html } from "./view.js";
import { plain_string } from "./plain_text.js";

const colours_count = 10; // avatar-0 … avatar-9 in css/chat.css

function colour_of(id) {
    let sum = 0;
    for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
    return sum % colours_count;
}

function initials_of(person) {
    const words = plain_string(person.real_name || person.name).split(/\s+/).filter(Boolean);
    const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? "?"];
    return letters.map((word) => [...word][0].toUpperCase()).join("");
}

export function Avatar({ person, size = "" }) {
    const known = person ?? { id: "?", name: "?" };
    const kind = known.is_bot ? "app" : `avatar-${colour_of(known.id)}`;
    return html`<span class=${`avatar ${kind} ${size}`} aria-hidden="true">${known.is_bot ? "✓" : initials_of(known)}</span>`;
}
