// The forms that the app has open at the person's screen: the last of the stack is drawn. What was entered is kept while
// the form is open, also when the visitor is somebody else meanwhile.
import { html, useState } from "./view.js";
import { close_form, press, submit_form } from "./actions.js";
import { Blocks } from "./blocks/blocks.js";
import { InputBlock } from "./blocks/input_block.js";
import { Dialog } from "./dialog.js";
import { problems_of, value_name, values_for, values_to_send } from "./form_values.js";
import { TextObject } from "./markup_view.js";
import { dm_of } from "./route.js";
import { store, use_store } from "./store.js";

const entered = new Map(); // a form's id → its values

export function Forms({ me, place }) {
    const stack = use_store((state) => state.forms[me.id]);
    const view = stack?.at(-1);
    if (!view) return null;
    const here = place === "dm" || place === "home" ? dm_of(store.state, me.id)?.id : place;
    return html`<${Form} key=${view.id} view=${view} me=${me} here=${here} depth=${stack.length} />`;
}

function Form({ view, me, here, depth }) {
    const [, redraw] = useState(0);
    const [problems, set_problems] = useState({});
    const [problem, set_problem] = useState("");
    const [is_busy, set_busy] = useState(false);
    const app = use_store((state) => state.app);
    const values = values_for(view, entered.get(view.id), here);

    const form = {
        field: InputBlock,
        values,
        problems,
        set: (block, element, value) => {
            entered.set(view.id, { ...entered.get(view.id), [value_name(block, element)]: value });
            const { [block.block_id]: solved, ...others } = problems;
            if (solved) set_problems(others);
            redraw((count) => count + 1);
        },
    };
    const surface = {
        form,
        press: (action) => press({ view: view.id, user: me.id, ...action }),
    };
    const submit = async (event) => {
        event?.preventDefault();
        if (is_busy) return;
        const found = problems_of(view, values);
        set_problem("");
        set_problems(found);
        if (Object.keys(found).length > 0) return focus_first_problem();
        set_busy(true);
        const answer = await submit_form(me.id, values_to_send(values));
        set_busy(false);
        if (!answer.ok) set_problem(`${answer.words} What you entered is still here.`);
        else if (answer.response_action === "errors") {
            set_problems(answer.errors);
            focus_first_problem();
        } else {
            entered.delete(view.id);
        }
    };
    const close = async () => {
        const answer = await close_form(me.id);
        if (answer.ok) entered.delete(view.id);
        else set_problem(answer.words);
    };
    return html`<${Dialog} class="modal" label_id="form-title" on_close=${close}>
        <form onSubmit=${submit} novalidate>
            <header>
                <h2 id="form-title" dir="auto"><${TextObject} text=${view.title} /></h2>
                ${depth > 1 && html`<span class="note">${depth} forms are open</span>`}
                <button type="button" class="quiet icon close" aria-label="Close" title="Close" onClick=${close}>×</button>
            </header>
            <div class="modal-blocks" tabindex="-1"><${Blocks} blocks=${view.blocks} surface=${surface} /></div>
            <footer>
                ${is_busy && html`<p class="waiting" role="status"><span class="three-seconds"></span>Waiting for ${app.name} …</p>`}
                ${problem && html`<p class="problem" role="alert">${problem}</p>`}
                <button type="button" class="plain" onClick=${close}>
                    ${view.close ? html`<${TextObject} text=${view.close} />` : "Close"}
                </button>
                ${view.submit && html`<button type="submit" class="primary" disabled=${is_busy}><${TextObject} text=${view.submit} /></button>`}
            </footer>
        </form>
    <//>`;
}

function focus_first_problem() {
    requestAnimationFrame(() => {
        const field = document.querySelector(".modal .has-problem :is(input, textarea, button)");
        field?.focus();
        field?.scrollIntoView({ block: "center" });
    });
}
