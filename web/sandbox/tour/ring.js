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
            const left = Math.max(1, place.left - around_px);
            const top = Math.max(1, place.top - around_px);
            const { style } = ring.current;
            style.left = `${left}px`;
            style.top = `${top}px`;
            style.width = `${Math.min(innerWidth - 1, place.right + around_px) - left}px`;
            style.height = `${Math.min(innerHeight - 1, place.bottom + around_px) - top}px`;
        };
        follow();
        const timer = setInterval(follow, look_every_ms);
        return () => clearInterval(timer);
    }, [target]);
    return html`<div class="ring" ref=${ring} aria-hidden="true" hidden></div>`;
}
