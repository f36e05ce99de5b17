// What every view is written with: Preact's hooks and htm's templates, so that modules import one thing.
import { h, Component, Fragment, createContext, render } from "preact";
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import htm from "htm";

export const html = htm.bind(h);
export { Component, Fragment, createContext, render };
export { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState };

/// Class names, without those that are false: names("row", is_new && "new").
export function names(...all) {
    return all.filter(Boolean).join(" ");
}

let last_id = 0;

/// An id for aria-controls and the like, the same for the life of the component.
export function use_id(kind) {
    const id = useRef(null);
    if (id.current === null) id.current = `${kind}-${++last_id}`;
    return id.current;
}
