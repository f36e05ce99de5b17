// A button that opens a list to choose from: one thing or several, with a field to narrow it when it is long.
// Every menu of the page is one of these: selects and overflow menus of Block Kit, reactions, "more".
//
// props: label (of the list), caption (in the button), title (of a button whose caption is but a sign), options [{value,
// label, description, group, picture, sought_as, look}], chosen [values], on_choose(values), is_multiple, count_max,
// look (classes of the button), is_disabled, id, labelled_by, described_by.
import { html, use_id, useRef, useState } from "./view.js";
import { lazy } from "./lazy.js";

const Popup = lazy(() => import("./picker_popup.js"), "PickerPopup");

export function Picker(props) {
    const [is_open, set_open] = useState(false);
    const button = useRef(null);
    const popup_id = use_id("popup");
    const close = (takes_focus) => {
        set_open(false);
        if (takes_focus) button.current?.focus();
    };
    const open_by_arrow = (event) => {
        if (event.key !== "ArrowDown" || is_open) return;
        event.preventDefault();
        set_open(true);
    };
    return html`
        <span class="picker">
            <button
                type="button"
                ref=${button}
                id=${props.id}
                class=${props.look ?? "choice"}
                aria-haspopup="listbox"
                aria-expanded=${is_open}
                aria-controls=${is_open ? popup_id : undefined}
                aria-label=${props.title}
                aria-labelledby=${props.labelled_by}
                aria-describedby=${props.described_by}
                title=${props.title}
                disabled=${props.is_disabled}
                onClick=${() => set_open(!is_open)}
                onKeyDown=${open_by_arrow}
            >
                ${props.caption}
            </button>
            ${is_open && html`<${Popup} ...${props} id=${popup_id} button=${button} close=${close} />`}
        </span>
    `;
}
