// The controls of Block Kit outside of input blocks: what is done with them goes to the app at once.
import { html, names, use_id, useState } from "../view.js";
import { store } from "../store.js";
import { use_me } from "../route.js";
import { Picker } from "../picker.js";
import { TextObject } from "../markup_view.js";
import { plain_string } from "../plain_text.js";
import { initial_value, is_list, is_select, options_of } from "./choices.js";
import { DateInput, is_date_input } from "./dates.js";
import { Placeholder } from "./placeholder.js";

/// `press` and `busy` come from a PressArea.
export function Control({ element, press, busy }) {
    const shared = { element, press, is_busy: busy === element.action_id, is_disabled: busy !== null };
    if (element.type === "button") return html`<${Button} ...${shared} />`;
    if (element.type === "overflow") return html`<${Overflow} ...${shared} />`;
    if (is_select(element)) return html`<${Select} ...${shared} />`;
    if (element.type === "checkboxes" || element.type === "radio_buttons") return html`<${Boxes} ...${shared} />`;
    if (is_date_input(element)) return html`<${PressedDate} ...${shared} />`;
    return html`<${Placeholder} what=${element} />`;
}

function Button({ element, press, is_busy, is_disabled }) {
    const look = names(element.style ?? "plain", is_busy && "is-busy");
    const label = element.accessibility_label ? plain_string(element.accessibility_label) : undefined;
    const act = () => {
        if (/^https?:\/\//i.test(element.url ?? "")) open(element.url, "_blank", "noopener,noreferrer");
        press(element);
    };
    return html`<button type="button" class=${look} aria-label=${label} disabled=${is_disabled} data-action=${element.action_id} onClick=${act}>
        <${TextObject} text=${element.text} />
    </button>`;
}

function Overflow({ element, press, is_disabled }) {
    return html`<${Picker}
        label="More actions"
        title="More actions"
        look="plain more"
        caption="⋯"
        options=${options_of(element, store.state, use_me())}
        is_disabled=${is_disabled}
        on_choose=${([value]) => press(element, value)}
    />`;
}

/// What stands in the button of a select: the choice, or the words that invite to choose.
export function select_caption(element, options, chosen) {
    const labels = chosen.map((value) => options.find((option) => option.value === value)?.label ?? value);
    const invitation = element.placeholder?.text ?? "Choose …";
    return html`<span class=${labels.length ? "" : "invitation"}><bdi>${plain_string(labels.join(", ") || invitation)}</bdi></span><span class="arrow" aria-hidden="true">▾</span>`;
}

function Select({ element, press, is_disabled }) {
    const me = use_me();
    const options = options_of(element, store.state, me);
    const is_multiple = is_list(element);
    const [chosen, set_chosen] = useState([initial_value(element)].flat().filter((value) => value !== null));
    const choose = (values) => {
        // A single choice is shown by the app's answer; several have to be gathered here.
        if (is_multiple) set_chosen(values);
        press(element, is_multiple ? values : values[0]);
    };
    return html`<${Picker}
        label=${element.placeholder?.text ?? "Choose"}
        look="plain choice"
        caption=${select_caption(element, options, chosen)}
        options=${options}
        chosen=${chosen}
        is_multiple=${is_multiple}
        count_max=${element.max_selected_items}
        is_disabled=${is_disabled && !is_multiple}
        on_choose=${choose}
    />`;
}

function Boxes({ element, press }) {
    const [value, set_value] = useState(initial_value(element));
    const change = (next) => {
        set_value(next);
        press(element, next);
    };
    return html`<${BoxList} element=${element} value=${value} on_change=${change} label="Choose" />`;
}

/// Checkboxes or radio buttons; `value` is a list, or one value.
export function BoxList({ element, value, on_change, label, labelled_by }) {
    const name = use_id("boxes");
    const is_many = element.type === "checkboxes";
    const toggled = (option) =>
        value.includes(option) ? value.filter((each) => each !== option) : [...value, option];
    return html`<div class="boxes" role=${is_many ? "group" : "radiogroup"} aria-label=${labelled_by ? undefined : label} aria-labelledby=${labelled_by}>
        ${options_of(element, store.state, null).map(
            (option) => html`<label key=${option.value} class="box">
                <input
                    type=${is_many ? "checkbox" : "radio"}
                    name=${name}
                    checked=${is_many ? value.includes(option.value) : value === option.value}
                    onChange=${() => on_change(is_many ? toggled(option.value) : option.value)}
                />
                <span>
                    <span dir="auto"><${TextObject} text=${option.text} /></span>
                    ${option.description && html`<small dir="auto">${plain_string(option.description)}</small>`}
                </span>
            </label>`,
        )}
    </div>`;
}

function PressedDate({ element, press, is_disabled }) {
    const first = initial_value(element);
    const [value, set_value] = useState(first);
    const [sent, set_sent] = useState(first);
    const set = () => {
        set_sent(value);
        press(element, value);
    };
    const label = plain_string(element.placeholder?.text ?? "Date");
    return html`<span class="pressed-date">
        <${DateInput} element=${element} value=${value} on_change=${set_value} label=${label} />
        ${value !== sent && value !== null && html`<button type="button" class="plain" disabled=${is_disabled} onClick=${set}>Set</button>`}
    </span>`;
}
