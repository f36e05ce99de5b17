// A list of which only what is in view, and a little around it, is in the document.
//
// Rows have the heights that they turn out to have. Until a row was drawn its height is guessed; when a guess above
// the reader turns out wrong, or rows are put in there, the list scrolls by the difference, so that what is being read
// stays where it is. A reader at the bottom stays at the bottom.
//
// props: items, key_of(item), draw(item, at), height_guess, label, class, and optionally row_label(item),
// on_top() when the top comes near, on_bottom(is_at_bottom), sought (a key to bring into view), head (above all rows).
import { Component, html } from "./view.js";

// The nearer both are, the fewer rows are drawn at a time.
const drawn_around_px = 800;
const redrawn_within_px = 640;
const bottom_slack_px = 24;
const top_is_near_px = 1200;

export class VirtualList extends Component {
    scroller = null;
    rows = null;
    space_above = null;
    space_below = null;
    heights = new Map();
    offsets = new Float64Array(1);
    is_at_bottom = true;
    /// The row at the top of the view, and how far above the top it begins; as of scrollTop `anchored_at`.
    anchor = null;
    anchored_at = 0;
    width = 0;
    sought = null;
    state = { first: 0, end: 0, active: null };

    componentWillMount() {
        this.measure_offsets();
        this.state.end = this.props.items.length;
        this.state.first = Math.max(0, this.state.end - 30);
    }

    componentDidMount() {
        this.observer = new ResizeObserver(() => this.settle());
        this.observer.observe(this.scroller);
        this.observed = new Set();
        this.width = this.scroller.clientWidth;
        this.settle();
    }

    componentWillUnmount() {
        this.observer.disconnect();
    }

    componentWillReceiveProps(next) {
        if (next.items !== this.props.items) {
            this.take_anchor();
            this.measure_offsets(next);
            this.keep_drawn_rows(next);
        }
        if (next.sought && next.sought !== this.props.sought) this.sought = next.sought;
    }

    componentDidUpdate() {
        this.settle();
    }

    measure_offsets({ items, key_of, height_guess } = this.props) {
        const offsets = new Float64Array(items.length + 1);
        for (let at = 0; at < items.length; ++at) {
            offsets[at + 1] = offsets[at] + (this.heights.get(key_of(items[at])) ?? height_guess);
        }
        this.offsets = offsets;
    }

    /// When rows were put in before those that are drawn, these go on being drawn.
    keep_drawn_rows({ items, key_of }) {
        const before = this.props.items[this.state.first];
        const first = before ? items.findIndex((item) => key_of(item) === key_of(before)) : -1;
        const shift = first - this.state.first;
        if (first >= 0 && shift !== 0) this.setState({ first, end: this.state.end + shift });
    }

    /// The index of the row at that distance from the top of the rows.
    row_at(distance) {
        let low = 0;
        let high = this.props.items.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.offsets[middle + 1] <= distance) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    get top_of_rows() {
        return this.space_above.offsetTop;
    }

    /// Measures what is drawn, puts everything in its place, and draws other rows when these are not enough.
    settle() {
        const { scroller } = this;
        if (!scroller || scroller.clientHeight === 0) return;
        if (scroller.clientWidth !== this.width) {
            this.width = scroller.clientWidth;
            this.take_anchor();
            this.heights.clear();
            this.measure_offsets();
        }
        this.watch_rows();
        if (scroller.scrollTop !== this.anchored_at) this.take_anchor();
        this.measure_rows();
        this.place();
        this.look();
    }

    /// Takes the heights of what is drawn; what comes after is shifted.
    measure_rows() {
        const { heights, offsets } = this;
        let at = this.state.first;
        let begins = offsets[at];
        let shift = 0;
        for (const row of this.rows.children) {
            const height = row.getBoundingClientRect().height;
            heights.set(row.dataset.key, height);
            const ends = offsets[++at];
            shift += height - (ends - begins);
            begins = ends;
            offsets[at] = ends + shift;
        }
        if (shift === 0) return;
        while (++at < offsets.length) offsets[at] += shift;
    }

    watch_rows() {
        const rows = new Set(this.rows.children);
        for (const row of this.observed) if (!rows.has(row)) this.observer.unobserve(row);
        for (const row of rows) if (!this.observed.has(row)) this.observer.observe(row);
        this.observed = rows;
    }

    place() {
        const { scroller, offsets } = this;
        const { items, key_of } = this.props;
        const first = Math.min(this.state.first, items.length);
        const end = Math.min(this.state.end, items.length);
        this.space_above.style.height = `${offsets[first]}px`;
        this.space_below.style.height = `${offsets[items.length] - offsets[end]}px`;
        if (this.sought) {
            const at = items.findIndex((item) => key_of(item) === this.sought);
            if (at >= 0) {
                this.is_at_bottom = false;
                scroller.scrollTop = this.top_of_rows + offsets[at] - scroller.clientHeight / 3;
                this.sought = null;
                return;
            }
        }
        if (this.is_at_bottom) {
            scroller.scrollTop = scroller.scrollHeight;
        } else if (this.anchor) {
            const at = items.findIndex((item) => key_of(item) === this.anchor.key);
            const wanted = this.top_of_rows + offsets[at] - this.anchor.distance;
            if (at >= 0 && Math.abs(wanted - scroller.scrollTop) >= 1) scroller.scrollTop = wanted;
        }
    }

    to_bottom() {
        this.is_at_bottom = true;
        this.settle();
        this.props.on_bottom?.(true);
    }

    /// Keeps in mind what is at the top of the view.
    take_anchor() {
        const { scroller, offsets } = this;
        const { items, key_of } = this.props;
        const top = scroller.scrollTop - this.top_of_rows;
        const seen = this.row_at(Math.max(0, top));
        this.anchor = seen < items.length ? { key: key_of(items[seen]), distance: offsets[seen] - top } : null;
        this.anchored_at = scroller.scrollTop;
    }

    on_scroll = () => {
        const { scroller } = this;
        if (!scroller) return; // gone since the event was sent
        const was_at_bottom = this.is_at_bottom;
        this.is_at_bottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < bottom_slack_px;
        if (was_at_bottom !== this.is_at_bottom) this.props.on_bottom?.(this.is_at_bottom);
        this.look();
    };

    /// Draws the rows that are needed around what is in view.
    look() {
        this.take_anchor();
        const { scroller, offsets } = this;
        const { items, on_top } = this.props;
        const top = scroller.scrollTop - this.top_of_rows;
        const bottom = top + scroller.clientHeight;
        if (top < top_is_near_px) on_top?.();
        const { first, end } = this.state;
        const is_enough =
            end <= items.length &&
            (first === 0 || offsets[first] < top - redrawn_within_px) &&
            (end === items.length || offsets[end] > bottom + redrawn_within_px);
        if (is_enough) return;
        const next_first = this.row_at(Math.max(0, top - drawn_around_px));
        const next_end = Math.min(items.length, this.row_at(bottom + drawn_around_px) + 1);
        if (next_first !== first || next_end !== end) this.setState({ first: next_first, end: next_end });
    }

    on_keys = (event) => {
        const row = event.target.closest("[data-key]");
        if (event.target !== row) return;
        const moves = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" };
        const next = moves[event.key] && row[moves[event.key]];
        if (!next) return;
        event.preventDefault();
        next.focus();
        next.scrollIntoView({ block: "nearest" });
    };

    on_focus = (event) => {
        const row = event.target.closest("[data-key]");
        if (row && row.dataset.key !== this.state.active) this.setState({ active: row.dataset.key });
    };

    render({ items, key_of, draw, label, row_label, head, ...props }, { first, end, active }) {
        const last = items.length - 1;
        const is_drawn = (key) => items.slice(first, end).some((item) => key_of(item) === key);
        const reachable = active !== null && is_drawn(active) ? active : last >= 0 ? key_of(items[last]) : null;
        return html`
            <div
                class=${`virtual-list ${props.class ?? ""}`}
                ref=${(element) => (this.scroller = element)}
                onScroll=${this.on_scroll}
            >
                ${head}
                <div ref=${(element) => (this.space_above = element)}></div>
                <div
                    role=${items.length > 0 ? "feed" : undefined}
                    aria-label=${items.length > 0 ? label : undefined}
                    ref=${(element) => (this.rows = element)}
                    onKeyDown=${this.on_keys}
                    onFocusIn=${this.on_focus}
                >
                    ${items.slice(first, end).map((item, offset) => {
                        const key = key_of(item);
                        return html`<div
                            key=${key}
                            data-key=${key}
                            role="article"
                            aria-posinset=${first + offset + 1}
                            aria-setsize=${items.length}
                            aria-label=${row_label?.(item)}
                            tabindex=${key === reachable ? 0 : -1}
                        >
                            ${draw(item, first + offset)}
                        </div>`;
                    })}
                </div>
                <div ref=${(element) => (this.space_below = element)}></div>
            </div>
        `;
    }
}
