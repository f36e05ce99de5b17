// Instants as a person in some time zone reads them. An instant is Slack's stamp, "1795251457.195240".
const formatters = new Map();

const shapes = {
    time: { hour: "2-digit", minute: "2-digit" },
    time_with_seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
    day: { weekday: "long", day: "numeric", month: "long" },
    day_with_year: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    short_day: { weekday: "short", day: "numeric", month: "short" },
    date: { day: "numeric", month: "long", year: "numeric" },
    short_date: { day: "numeric", month: "short", year: "numeric" },
    number_date: { day: "2-digit", month: "2-digit", year: "numeric" },
    key: { year: "numeric", month: "2-digit", day: "2-digit" },
    full: {
        weekday: "short", day: "numeric", month: "short", year: "numeric",
        hour: "2-digit", minute: "2-digit", second: "2-digit",
    },
};

function formatter(shape, zone) {
    const name = `${shape} ${zone}`;
    let found = formatters.get(name);
    if (!found) {
        const options = { ...shapes[shape], hourCycle: "h23" };
        try {
            found = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone || "UTC" });
        } catch {
            found = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
        }
        formatters.set(name, found);
    }
    return found;
}

const milliseconds_max = 8.64e15;

function written(shape, seconds, zone) {
    const milliseconds = Number(seconds) * 1000;
    if (!(Math.abs(milliseconds) <= milliseconds_max)) return "some time";
    return formatter(shape, zone).format(milliseconds);
}

/// "14:05"
export const time_words = (stamp, zone) => written("time", stamp, zone);
/// "Mon 2 Feb"
export const short_day_words = (stamp, zone) => written("short_day", stamp, zone);
/// "Mon 2 Feb 2026, 14:05:09"
export const full_words = (stamp, zone) => written("full", stamp, zone);

const day_keys = new Map();
const quarter_hour = 900; // no zone changes its day within one

/// Equal for instants of the same day there.
export function day_key(stamp, zone) {
    const name = `${Math.floor(Number(stamp) / quarter_hour)} ${zone}`;
    let key = day_keys.get(name);
    if (key === undefined) {
        key = written("key", stamp, zone);
        day_keys.set(name, key);
    }
    return key;
}

/// "Today", "Yesterday", "Monday, 2 February"
export function day_words(stamp, zone, now) {
    return relative_day(stamp, zone, now) ?? written("day", stamp, zone);
}

function relative_day(stamp, zone, now) {
    const day = day_key(stamp, zone);
    if (day === day_key(now, zone)) return "Today";
    if (day === day_key(Number(now) - 86_400, zone)) return "Yesterday";
    if (day === day_key(Number(now) + 86_400, zone)) return "Tomorrow";
    return null;
}

/// What <!date^seconds^pattern> shows; null when the pattern holds something unknown, and its fallback is due.
export function date_pattern_words(seconds, pattern, zone, now) {
    const pretty = (shape) => relative_day(seconds, zone, now)?.toLowerCase() ?? written(shape, seconds, zone);
    const tokens = {
        date_num: () => day_key(seconds, zone).split("/").reverse().join("-"),
        date_slash: () => written("number_date", seconds, zone),
        date: () => written("date", seconds, zone),
        date_short: () => written("short_date", seconds, zone),
        date_long: () => written("day_with_year", seconds, zone),
        date_pretty: () => pretty("date"),
        date_short_pretty: () => pretty("short_date"),
        date_long_pretty: () => pretty("day_with_year"),
        day_divider_pretty: () => pretty("day"),
        time: () => written("time", seconds, zone),
        time_secs: () => written("time_with_seconds", seconds, zone),
        ago: () => ago_words(Number(now) - Number(seconds)),
    };
    let is_known = true;
    const words = pattern.replace(/\{([a-z_]+)\}/g, (whole, token) => {
        if (Object.hasOwn(tokens, token)) return tokens[token]();
        is_known = false;
        return whole;
    });
    return is_known ? words : null;
}

function ago_words(seconds) {
    const units = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
    const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? units.at(-1);
    const count = Math.round(Math.abs(seconds) / size);
    const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
    return seconds >= 0 ? `${words} ago` : `in ${words}`;
}

/// The workspace's time now, in seconds.
export function now_of(clock, told_at, at = performance.now()) {
    const passed = clock.is_paused ? 0 : (Math.max(0, at - told_at) / 1000) * clock.scale;
    return Number(clock.now) + passed;
}

/// "Berlin" for "Europe/Berlin".
export function city_of(zone) {
    return (zone || "UTC").split("/").at(-1).replaceAll("_", " ");
}

/// "2026-02-02" and "14:05" as date and time inputs want them, and the way back: null when it is not a date.
export function input_parts(seconds, zone) {
    const [day, month, year] = written("key", seconds, zone).split("/");
    return { date: `${year}-${month}-${day}`, time: written("time", seconds, zone) };
}

export function seconds_of_parts(date, time, zone) {
    const guess = Date.parse(`${date}T${time || "00:00"}:00Z`) / 1000;
    if (!Number.isFinite(guess)) return null;
    // What the zone shows at a wrong guess tells by how much it is wrong; twice, for a change of the clocks between.
    let seconds = guess;
    for (let round = 0; round < 2; ++round) {
        const shown = input_parts(seconds, zone);
        seconds += guess - Date.parse(`${shown.date}T${shown.time}:00Z`) / 1000;
    }
    return seconds;
}
