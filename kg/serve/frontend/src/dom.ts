// Small helpers for plain DOM work.

/** Make an element: `attributes` become attributes, `children` are appended; strings are always text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Read the JSON that stands in a `<script type="application/json">`; undefined where it is missing or broken. */
export function readData<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  if (!text) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Give what is kept in this browser under a key; null where the browser keeps nothing. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keep a value in this browser, or drop it with null; does nothing where the browser keeps nothing. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing (private window, blocked storage) goes on without.
  }
}

/** Say whether a key press is meant for a field that takes text. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Say whether a key press has a modifier, and so belongs to the browser. */
export function isModified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Give how to scroll: at once for readers who asked their system for less movement. */
export function scrolling(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** Give an address only if it leads to a page of this site; anything else gives undefined. */
export function ownAddress(href: string | undefined): string | undefined {
  if (!href) return undefined;
  const url = new URL(href, location.href);
  return url.origin === location.origin && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
