// A field of a form: its label, the control, a hint, and the problem with what was entered.
//
// surface.form: {field: this view, values, set(block, element, value), problems: {block_id: text}}
import { html, names, use_id } from "../view.js";
import { store } from "../store.js";
import { use_me } from "../route.js";
import { Picker } from "../picker.js";
import { TextObject } from "../markup_view.js";
import { plain_string } from "../plain_text.js";
import { is_list, is_select, options_of } from "./choices.js";
import { BoxList, select_caption } from "./controls.js";
import { DateInput, is_date_input } from "./dates.js";
import { Placeholder } from "./placeholder.js";
import { value_name } from "../form_values.js";

const text_types = {
    plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text",
};

export function InputBlock({ block, surface }) {
    const id = use_id("field");
    const { form } = surface;
    const { element } = block;
    const value = form.values[value_name(block, element)] ?? null;
    const problem = form.problems[block.block_id];
    const described_by = names(block.hint && `${id}-hint`, problem && `${id}-problem`) || undefined;
    const change = (next) => {
        form.set(block, element, next);
        if (block.dispatch_action && !text_types[element.type]) dispatch(surface, block, element, next);
    };
    const shared = { id, block, element, value, change, described_by, surface, has_problem: Boolean(problem) };
    return html`<div class=${names("input-block", problem && "has-problem")}>
        <label for=${id} id=${`${id}-label`}>
            <span dir="auto"><${TextObject} text=${block.label} /></span>
            ${block.optional && html` <span class="optional">(optional)</span>`}
        </label>
        <${Field} ...${shared} />
        ${block.hint && html`<p class="hint" dir="auto" id=${`${id}-hint`}><${TextObject} text=${block.hint} /></p>`}
        ${problem && html`<p class="problem" role="alert" dir="auto" id=${`${id}-problem`}>${plain_string(problem)}</p>`}
    </div>`;
}

function dispatch(surface, block, element, selected) {
    surface.press({ action_id: element.action_id, block_id: block.block_id, selected });
}

function Field(props) {
    const { id, block, element, value, change, described_by, has_problem } = props;
    const me = use_me();
    if (text_types[element.type]) return html`<${TextField} ...${props} />`;
    if (is_select(element)) {
        const options = options_of(element, store.state, me);
        const chosen = [value ?? []].flat();
        const is_multiple = is_list(element);
        return html`<div class="select-field">
            ${is_multiple && html`<${Chips} options=${options} chosen=${chosen} change=${change} />`}
            <${Picker}
                id=${id}
                label=${block.label?.text}
                labelled_by=${`${id}-label ${id}`}
                look="choice wide"
                caption=${select_caption(element, options, is_multiple ? [] : chosen)}
                options=${options}
                chosen=${chosen}
                is_multiple=${is_multiple}
                count_max=${element.max_selected_items}
                described_by=${described_by}
                on_choose=${(values) => change(is_multiple ? values : values[0])}
            />
            ${!is_multiple && block.optional && value !== null &&
            html`<button type="button" class="quiet" onClick=${() => change(null)}>Clear</button>`}
        </div>`;
    }
    if (element.type === "checkboxes" || element.type === "radio_buttons") {
        return html`<${BoxList} element=${element} value=${value ?? (is_list(element) ? [] : null)} on_change=${change} labelled_by=${`${id}-label`} />`;
    }
    if (is_date_input(element)) {
        return html`<${DateInput} id=${id} element=${element} value=${value} on_change=${change} aria-describedby=${described_by} aria-invalid=${has_problem} />`;
    }
    return html`<${Placeholder} what=${element} />`;
}

function TextField({ id, block, element, value, change, described_by, has_problem, surface }) {
    const shared = {
        id,
        dir: "auto",
        value: value ?? "",
        placeholder: plain_string(element.placeholder?.text ?? ""),
        maxLength: element.max_length,
        "aria-describedby": described_by,
        "aria-invalid": has_problem,
        onInput: (event) => change(event.target.value),
    };
    if (element.multiline) return html`<textarea rows="4" ...${shared}></textarea>`;
    const on_key = (event) => {
        if (event.key !== "Enter" || !block.dispatch_action) return;
        event.preventDefault();
        dispatch(surface, block, element, value);
    };
    const mode = element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : undefined;
    return html`<input type=${text_types[element.type]} inputmode=${mode} onKeyDown=${on_key} ...${shared} />`;
}

/// What is chosen of several, each with a cross.
function Chips({ options, chosen, change }) {
    if (chosen.length === 0) return null;
    return html`<ul class="chips">
        ${chosen.map((value) => {
            const label = plain_string(options.find((option) => option.value === value)?.label ?? value);
            const remove = () => change(chosen.filter((each) => each !== value));
            return html`<li key=${value}><bdi>${label}</bdi>
                <button type="button" class="quiet" aria-label=${`Remove ${label}`} onClick=${remove}>×</button></li>`;
        })}
    </ul>`;
}
