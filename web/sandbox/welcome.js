// What somebody reads who has never been here: what this is, and the way into the tour. Once, in this browser.
import { html, useState } from "./view.js";

const kept_as = "ackd-sandbox-welcomed";

export function Welcome({ on_tour }) {
    const [is_new, set_new] = useState(() => localStorage.getItem(kept_as) === null);
    if (!is_new) return null;
    const been_here = () => {
        localStorage.setItem(kept_as, "yes");
        set_new(false);
    };
    const begin = () => {
        been_here();
        on_tour();
    };
    return html`<section class="tour" aria-label="Welcome">
        <div class="tour-words">
            <h2>A team's chat, with ackd in it</h2>
            <p>
                Everything is made up and stays on this machine. Be anybody: click a face. The others have their own tempers and
                working hours. Ask for an answer with <code>/ack @ben …</code>, and see what ackd does when there is none.
            </p>
        </div>
        <div class="tour-buttons">
            <button type="button" class="primary" onClick=${begin}>Take the tour: seven short steps</button>
            <button type="button" class="plain" onClick=${been_here}>Look around</button>
        </div>
    </section>`;
}
