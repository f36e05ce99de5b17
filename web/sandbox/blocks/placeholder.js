// What the page does not draw is shown for what it is, with its content, and never dropped.
import { html } from "../view.js";
import { Plain, plain_string } from "../plain_text.js";

const shown_characters_max = 4000;

/// The words that somebody would have read.
function words_of(value, words = []) {
    if (Array.isArray(value)) {
        for (const each of value) words_of(each, words);
    } else if (value && typeof value === "object") {
        for (const [key, each] of Object.entries(value)) {
            if (typeof each === "object") words_of(each, words);
            else if (["text", "title", "label", "alt_text", "description"].includes(key)) words.push(each);
        }
    }
    return words;
}

export function Placeholder({ what }) {
    const type = typeof what?.type === "string" && what.type ? what.type : "without a type";
    const words = words_of(what).join(" · ");
    return html`<details class="placeholder">
        <summary>
            <span class="placeholder-label">Not drawn here: <code>${plain_string(type)}</code></span>
            ${words && html` <bdi><${Plain} text=${words.slice(0, shown_characters_max)} /></bdi>`}
        </summary>
        <pre tabindex="0"><${Plain} text=${JSON.stringify(what, null, 2).slice(0, shown_characters_max)} /></pre>
    </details>`;
}
