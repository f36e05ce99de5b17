// Whom the visitor is, the sandbox does not play meanwhile; where it does all the same, a note says so.
import { html, useEffect } from "./view.js";
import { set_teammates } from "./actions.js";
import { Name } from "./plain_text.js";
import { store, use_store } from "./store.js";

/// Taken over when the visitor becomes that person, and given back when they go on to another; unless somebody took
/// them over for longer (the tour, the panel).
export function use_own_hands(me) {
    const is_played = use_store((state) => Boolean(me && state.teammates.people[me.id]));
    useEffect(() => {
        if (!is_played || store.state.teammates.people[me.id].is_taken_over) return undefined;
        const given_back = { user: me.id, take_over: false };
        const leave = () => navigator.sendBeacon("/sandbox/teammates", JSON.stringify(given_back));
        set_teammates({ user: me.id, take_over: true });
        addEventListener("pagehide", leave);
        return () => {
            removeEventListener("pagehide", leave);
            set_teammates(given_back);
        };
    }, [me?.id, is_played]);
}

export function TeammateNote({ me }) {
    const teammates = use_store((state) => state.teammates);
    const mate = teammates.is_active ? teammates.people[me.id] : null;
    if (!mate || mate.is_taken_over) return null;
    const take = () => set_teammates({ user: me.id, take_over: true });
    return html`<p class="teammate-note">
        <span><${Name} text=${me.name} /> is played by the sandbox (${mate.temperament.replace("_", " ")}) and may answer by themselves.</span>
        <button type="button" class="link" onClick=${take}>Take over</button>
    </p>`;
}
