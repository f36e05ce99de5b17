// A ring around what the tour speaks of; it follows where that is, and is in nobody's way.
import { html, useEffect, useRef } from "../view.js";

const look_every_ms = 120;
const around_px = 4;

export function Ring({ target }) {
    const ring = useRef(null);
    useEffect(() => {
        const follow = () => {
            const element = target && document.querySelector(target);
            const place = element?.getBoundingClientRect();
            const is_shown = place && place.width > 0 && place.bottom > 0 && place.top < innerHeight;
            ring.current.hidden = !is_shown;
            if (!is_shown) return;
            ring.current.style.left = `${place.left - around_px}px`;
            ring.current.style.top = `${place.top - around_px}px`;
            ring.current.style.width = `${place.width + 2 * around_px}px`;
            ring.current.style.height = `${place.height + 2 * around_px}px`;
        };
        follow();
        const timer = setInterval(follow, look_every_ms);
        return () => clearInterval(timer);
    }, [target]);
    return html`<div class="ring" ref=${ring} aria-hidden="true" hidden></div>`;
}
