// Above the field where one types: who else might act for the person that the visitor is.
import { html } from "./view.js";
import { set_teammates } from "./actions.js";
import { Name } from "./plain_text.js";
import { use_store } from "./store.js";

export function TeammateNote({ me }) {
    const teammates = use_store((state) => state.teammates);
    const mate = teammates.is_active ? teammates.people[me.id] : null;
    if (!mate || mate.is_taken_over) return null;
    const take = () => set_teammates({ user: me.id, take_over: true });
    return html`<p class="teammate-note">
        <span><${Name} text=${me.name} /> is played by the sandbox (${mate.temperament}) and may answer by themselves.</span>
        <button type="button" class="link" onClick=${take}>Take over</button>
    </p>`;
}
