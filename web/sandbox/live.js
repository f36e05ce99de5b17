// The page's socket: frames in, one message out. Opens again by itself, at first at once, then ever more slowly.
//
// Frames are gathered and applied together before the screen is drawn, so that a burst costs one drawing.
import { store } from "./store.js";

const wait_ms_first = 250;
const wait_ms_max = 5000;
const hidden_page_ms = 200;

let socket = null;
let wait_ms = wait_ms_first;
let gathered = [];
let is_flush_planned = false;
let watches_wire = false;

function flush() {
    is_flush_planned = false;
    const frames = gathered;
    gathered = [];
    store.apply(...frames);
}

function gather(frame) {
    gathered.push(frame);
    if (is_flush_planned) return;
    is_flush_planned = true;
    if (document.hidden) setTimeout(flush, hidden_page_ms);
    else requestAnimationFrame(flush);
}

function take(text) {
    const frame = JSON.parse(text);
    if (frame.type === "hello" || frame.type === "clock") frame.told_at = performance.now();
    gather(frame);
}

/// Opens the socket, and keeps it open for the life of the page.
export function connect() {
    const address = new URL("/page/live", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.onopen = () => {
        wait_ms = wait_ms_first;
        if (watches_wire) say_watch_wire();
    };
    socket.onmessage = (event) => take(event.data);
    socket.onclose = () => {
        gather({ type: "link", link: "lost" });
        setTimeout(connect, wait_ms * (0.75 + Math.random() / 2));
        wait_ms = Math.min(wait_ms * 2, wait_ms_max);
    };
}

function say_watch_wire() {
    socket.send(JSON.stringify({ type: "watch_wire", on: watches_wire }));
}

/// From now on, and after each reconnection, the wire's entries come, or they no longer do.
export function watch_wire(on) {
    if (watches_wire === on) return;
    watches_wire = on;
    if (socket?.readyState === WebSocket.OPEN) say_watch_wire();
}
