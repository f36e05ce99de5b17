// Date, time, and both together; the last is an instant, entered in the person's own time zone.
import { html, useState } from "../view.js";
import { use_me } from "../route.js";
import { city_of, input_parts, seconds_of_parts } from "../moments.js";

const input_types = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

export function is_date_input(element) {
    return Object.hasOwn(input_types, element.type);
}

/// `value` is "2026-02-02", "14:05", or Unix seconds; null when it is empty.
export function DateInput({ element, value, on_change, label, ...props }) {
    const zone = use_me()?.tz ?? "UTC";
    const type = input_types[element.type];
    const is_instant = type === "datetime-local";
    const [typed, set_typed] = useState(() => {
        if (!is_instant || value === null) return value ?? "";
        const { date, time } = input_parts(value, zone);
        return `${date}T${time}`;
    });
    const change = (event) => {
        const text = event.target.value;
        set_typed(text);
        if (!text) on_change(null);
        else on_change(is_instant ? seconds_of_parts(...text.split("T"), zone) : text);
    };
    return html`<span class="date-input">
        <input type=${type} value=${typed} aria-label=${label} onInput=${change} ...${props} />
        ${is_instant && html`<small>time in ${city_of(zone)}</small>`}
    </span>`;
}
