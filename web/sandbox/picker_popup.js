// The list that a Picker opens: moved through by arrows, narrowed by typing when it is long, closed by Escape or by
// looking elsewhere.
import { html, names, useEffect, useLayoutEffect, useRef, useState } from "./view.js";
import { PlainWithEmoji } from "./markup_view.js";
import { plain_string } from "./plain_text.js";

const filter_from = 8;
const shown_max = 200;
const edge_px = 8;
const width_min_px = 240;
const popup_height_px = 320;

function matching(options, typed) {
    const sought = typed.trim().toLowerCase().replace(/^[@#:]/, "");
    const found = sought
        ? options.filter((option) => `${option.label} ${option.description ?? ""} ${option.sought_as ?? ""}`.toLowerCase().includes(sought))
        : options;
    return found.slice(0, shown_max);
}

export function PickerPopup({ id, label, options, chosen = [], on_choose, is_multiple, count_max, button, close }) {
    const [typed, set_typed] = useState("");
    const shown = matching(options, typed);
    const first_chosen = shown.findIndex((option) => chosen.includes(option.value));
    const [active, set_active] = useState(Math.max(0, first_chosen));
    const has_filter = options.length >= filter_from;
    const box = useRef(null);
    const focused = useRef(null);
    const at = Math.min(active, shown.length - 1);

    useLayoutEffect(() => {
        place_beside(box.current, button.current);
        focused.current.focus({ preventScroll: true });
    }, []);
    useLayoutEffect(() => {
        box.current.querySelector(".is-active")?.scrollIntoView({ block: "nearest" });
    }, [at, typed]);
    useEffect(() => {
        const leave = (event) => {
            const is_inside = box.current?.contains(event.target) || button.current?.contains(event.target);
            if (!is_inside) close(false);
        };
        const left_by_scrolling = (event) => {
            if (event.target !== document && !event.target.contains(button.current)) return;
            place_beside(box.current, button.current);
        };
        document.addEventListener("pointerdown", leave);
        document.addEventListener("focusin", leave);
        document.addEventListener("scroll", left_by_scrolling, true);
        return () => {
            document.removeEventListener("pointerdown", leave);
            document.removeEventListener("focusin", leave);
            document.removeEventListener("scroll", left_by_scrolling, true);
        };
    }, []);

    const choose = (option) => {
        if (!option) return;
        if (!is_multiple) {
            close(true);
            on_choose([option.value]);
        } else if (chosen.includes(option.value)) {
            on_choose(chosen.filter((value) => value !== option.value));
        } else if (!count_max || chosen.length < count_max) {
            on_choose([...chosen, option.value]);
        }
    };
    const on_keys = (event) => {
        const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 };
        const is_of_text = has_filter && (event.key === "Home" || event.key === "End");
        if (event.key in moves && !is_of_text) {
            event.preventDefault();
            set_active((moves[event.key] + shown.length) % Math.max(1, shown.length));
        } else if (event.key === "Enter" || (event.key === " " && !has_filter)) {
            event.preventDefault();
            choose(shown[at]);
        } else if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            close(true);
        } else if (event.key === "Tab") {
            close(true);
        }
    };
    const active_id = shown.length ? `${id}-${at}` : undefined;
    const list = html`
        <ul
            role="listbox"
            id=${`${id}-list`}
            aria-label=${plain_string(label ?? "Choices")}
            aria-multiselectable=${is_multiple ? "true" : undefined}
            aria-activedescendant=${has_filter ? undefined : active_id}
            tabindex=${has_filter ? -1 : 0}
            ref=${has_filter ? undefined : focused}
        >
            ${shown.map((option, index) => {
                const starts_group = option.group && option.group !== shown[index - 1]?.group;
                const is_chosen = chosen.includes(option.value);
                return html`
                    ${starts_group && html`<li role="presentation" class="option-group">${plain_string(option.group)}</li>`}
                    <li
                        key=${option.value}
                        role="option"
                        id=${`${id}-${index}`}
                        class=${names("option", index === at && "is-active", option.look)}
                        aria-selected=${is_chosen}
                        onClick=${() => choose(option)}
                        onPointerMove=${() => set_active(index)}
                    >
                        ${is_multiple && html`<span class="tick" aria-hidden="true">${is_chosen ? "☑" : "☐"}</span>`}
                        ${option.picture && html`<span class="emoji" aria-hidden="true">${option.picture}</span>`}
                        <span class="option-text">
                            <bdi><${PlainWithEmoji} text=${option.label} /></bdi>
                            ${option.description && html`<small><${PlainWithEmoji} text=${option.description} /></small>`}
                        </span>
                    </li>
                `;
            })}
        </ul>
    `;
    return html`
        <div class="popup" ref=${box} id=${id} onKeyDown=${on_keys}>
            ${has_filter &&
            html`<input
                ref=${focused}
                class="filter"
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=${`${id}-list`}
                aria-activedescendant=${active_id}
                aria-label=${`Narrow: ${plain_string(label ?? "choices")}`}
                placeholder="Type to narrow"
                value=${typed}
                onInput=${(event) => {
                    set_typed(event.target.value);
                    set_active(0);
                }}
            />`}
            ${list} ${shown.length === 0 && html`<p class="nothing">Nothing fits.</p>`}
        </div>
    `;
}

/// Under the button, or above it where there is more room.
function place_beside(box, button) {
    if (!box || !button) return;
    const around = button.getBoundingClientRect();
    const below = innerHeight - around.bottom - edge_px;
    const above = around.top - edge_px;
    const is_below = below >= Math.min(popup_height_px, box.scrollHeight) || below >= above;
    const height = Math.min(popup_height_px, is_below ? below : above);
    box.style.maxHeight = `${height}px`;
    box.style.minWidth = `${Math.min(Math.max(around.width, width_min_px), innerWidth - 2 * edge_px)}px`;
    const width = box.offsetWidth;
    box.style.left = `${Math.max(edge_px, Math.min(around.left, innerWidth - width - edge_px))}px`;
    box.style.top = is_below ? `${around.bottom + 2}px` : "auto";
    box.style.bottom = is_below ? "auto" : `${innerHeight - around.top + 2}px`;
}
