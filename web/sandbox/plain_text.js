// Text from people and apps, made safe to look at: it can neither reorder what stands around it nor hide anything.
//
// Whatever it holds, it becomes text nodes. The characters that change the direction of what follows are shown as
// small marks instead of taking effect, control characters as their pictures, broken surrogates as U+FFFD.
import { html } from "./view.js";

const direction_marks = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
};
const needs_care = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
const pieces = /([\u202a-\u202e\u2066-\u2069])/;
const control_characters = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const control_pictures = 0x2400;
const picture_of_delete = "\u2421";

function without_controls(text) {
    return text.toWellFormed().replace(control_characters, (character) =>
        character === "\u007f" ? picture_of_delete : String.fromCharCode(control_pictures + character.charCodeAt(0)),
    );
}

/// For where there are no elements: names of buttons, titles, options.
export function plain_string(text) {
    const all = String(text ?? "");
    if (!needs_care.test(all)) return all;
    return without_controls(all)
        .split(pieces)
        .map((piece) => (direction_marks[piece] ? `[${direction_marks[piece]}]` : piece))
        .join("");
}

/// For everywhere else; the element around it has dir="auto" or isolates.
export function Plain({ text }) {
    const all = String(text ?? "");
    if (!needs_care.test(all)) return all;
    return without_controls(all)
        .split(pieces)
        .map((piece) => {
            const mark = direction_marks[piece];
            return mark
                ? html`<bdi class="direction-mark" title="a character that changes the direction of text">${mark}</bdi>`
                : piece;
        });
}

/// A name within other words, kept to itself.
export function Name({ text }) {
    return html`<bdi><${Plain} text=${text} /></bdi>`;
}
