// Light, dark, or as the system has it; the choice is kept in this browser.
import { html, useState } from "./view.js";

const kept_as = "ackd-sandbox-theme";
const choices = ["system", "light", "dark"];
const pictures = { system: "◐", light: "☀", dark: "☾" };

function show(theme) {
    document.documentElement.dataset.theme = theme;
}

/// The kept choice, applied before anything is drawn.
export function apply_kept_theme() {
    const kept = localStorage.getItem(kept_as);
    show(choices.includes(kept) ? kept : "system");
}

export function ThemeButton() {
    const [theme, set_theme] = useState(document.documentElement.dataset.theme);
    const next = choices[(choices.indexOf(theme) + 1) % choices.length];
    const change = () => {
        localStorage.setItem(kept_as, next);
        show(next);
        set_theme(next);
    };
    return html`<button type="button" class="quiet icon" onClick=${change} title=${`Colours: ${theme}. Change to ${next}.`} aria-label=${`Colours: ${theme}. Change to ${next}.`}>
        <span aria-hidden="true">${pictures[theme]}</span>
    </button>`;
}
