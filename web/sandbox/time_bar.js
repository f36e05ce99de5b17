// The workspace's time, as the person sees it, and what moves it.
import { html, names, useEffect, useState } from "./view.js";
import { set_time } from "./actions.js";
import { city_of, full_words, now_of, short_day_words, time_words } from "./moments.js";
import { use_store } from "./store.js";

const tick_ms = 250;
const speeds = [
    { scale: 0, label: "pause", sign: "❚❚" },
    { scale: 1, label: "as fast as real time", sign: "×1" },
    { scale: 60, label: "a minute a second", sign: "×60" },
    { scale: 600, label: "ten minutes a second", sign: "×600" },
];

function use_now() {
    const clock = use_store((state) => state.clock);
    const told_at = use_store((state) => state.clock_told_at);
    const [, redraw] = useState(0);
    useEffect(() => {
        if (clock.is_paused) return undefined;
        const timer = setInterval(() => redraw((count) => count + 1), tick_ms);
        return () => clearInterval(timer);
    }, [clock]);
    return now_of(clock, told_at);
}

function Clock({ zone }) {
    const now = use_now();
    return html`<div class="clock" role="timer" aria-label="The workspace's time" aria-live="off" title=${`${full_words(now, zone)}, ${zone}`}>
        <strong>${time_words(now, zone)}</strong>
        <span>${short_day_words(now, zone)} <span class="city">in ${city_of(zone)}</span></span>
    </div>`;
}

function goal_words(goal, zone) {
    if (goal.kind === "event") return "On the way to the next thing that happens";
    return `On the way to ${short_day_words(goal.at, zone)} ${time_words(goal.at, zone)}`;
}

export function TimeBar({ me }) {
    const clock = use_store((state) => state.clock);
    const [problem, set_problem] = useState("");
    const set = async (body) => {
        const answer = await set_time(body);
        set_problem(answer.ok ? "" : answer.words);
    };
    const running = clock.goal ? null : clock.is_paused ? 0 : clock.scale;
    return html`<div class="time-bar" role="group" aria-label="Time">
        <${Clock} zone=${me.tz} />
        <div class="speeds" role="group" aria-label="Speed">
            ${speeds.map(
                ({ scale, label, sign }) => html`<button
                    key=${scale}
                    type="button"
                    class=${names("speed", running === scale && "is-on")}
                    aria-pressed=${running === scale}
                    aria-label=${`${sign} ${label}`}
                    title=${label}
                    onClick=${() => set({ scale })}
                >
                    ${sign}
                </button>`,
            )}
        </div>
        ${clock.goal
            ? html`<p class="goal" role="status">${goal_words(clock.goal, me.tz)} …${" "}
                  <button type="button" class="link" onClick=${() => set({ scale: 1 })}>Stop</button></p>`
            : html`<div class="jumps">
                  <button type="button" class="plain" title=${`The next day, 9:00 in ${city_of(me.tz)}`} onClick=${() => set({ to_local: "09:00", user: me.id })}>To tomorrow 9:00</button>
                  <button type="button" class="plain" data-tour="next" title="Until the app says or changes something" onClick=${() => set({ to_next: true })}>To the next thing<span class="of-wide-screens"> that happens</span></button>
              </div>`}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
