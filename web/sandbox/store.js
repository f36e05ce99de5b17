// The one place where the page's state lives, and the hook by which views look at a part of it.
import { initial_state, reduce } from "./state.js";
import { useLayoutEffect, useRef, useState } from "./view.js";

class Store {
    #state = initial_state;
    #listeners = new Set();

    get state() {
        return this.#state;
    }

    /// Applies frames in order; listeners are told once.
    apply(...frames) {
        const before = this.#state;
        for (const frame of frames) this.#state = reduce(this.#state, frame);
        if (this.#state === before) return;
        for (const listener of [...this.#listeners]) listener();
    }

    /// The returned function ends it.
    subscribe(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
}

export const store = new Store();

/// A part of the state; the view is drawn again when that part is another one. `select` must be cheap, and must
/// return what it finds in the state or a plain value, not a new object each time.
export function use_store(select) {
    const [, redraw] = useState(0);
    const latest = useRef(null);
    const value = select(store.state);
    latest.current = { select, value };
    useLayoutEffect(() => {
        const look = () => {
            const { select: chosen, value: shown } = latest.current;
            if (!Object.is(chosen(store.state), shown)) redraw((count) => count + 1);
        };
        look();
        return store.subscribe(look);
    }, []);
    return value;
}
