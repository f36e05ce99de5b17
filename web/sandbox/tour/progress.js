// How far the tour has come, kept in this browser: {at: the step, observations}, or null when none is under way.
const kept_as = "ackd-sandbox-tour";

export function kept_progress() {
    try {
        return JSON.parse(localStorage.getItem(kept_as));
    } catch {
        return null;
    }
}

export function keep_progress(progress) {
    if (progress) localStorage.setItem(kept_as, JSON.stringify(progress));
    else localStorage.removeItem(kept_as);
}
