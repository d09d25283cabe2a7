// The article page: a statement shows its words, words show their statements, and an address marks characters.
import { isModified, isTyping, scrolling } from "./dom";

const text = document.getElementById("text");
const list = document.getElementById("statements");
const segments = [...(text?.querySelectorAll<HTMLElement>(".seg") ?? [])];
const statements = [...(list?.querySelectorAll<HTMLElement>("[data-s]") ?? [])];

const wordsOf = new Map<string, HTMLElement[]>();
for (const segment of segments) {
  for (const id of idsOf(segment)) wordsOf.set(id, [...(wordsOf.get(id) ?? []), segment]);
}

let chosen = new Set<string>();

/** Give the ids of the statements that an element belongs to. */
function idsOf(element: HTMLElement): string[] {
  return (element.dataset.s ?? "").split(/\s+/).filter(Boolean);
}

function mark(ids: ReadonlySet<string>, name: "on" | "near"): void {
  for (const element of [...segments, ...statements]) {
    element.classList.toggle(name, idsOf(element).some((id) => ids.has(id)));
  }
}

/** Choose statements: mark them and their words, and bring to view the side that the reader did not touch. */
function choose(ids: string[], from: "text" | "list"): void {
  chosen = new Set(ids);
  mark(chosen, "on");
  for (const statement of statements) {
    if (chosen.has(statement.dataset.s ?? "")) statement.setAttribute("aria-current", "true");
    else statement.removeAttribute("aria-current");
  }
  const first = ids[0];
  if (first === undefined) return;
  const target = from === "list" ? wordsOf.get(first)?.[0] : statements.find((each) => each.dataset.s === first);
  if (target) bringToView(target);
}

/** Scroll to an element only if it is out of view: the page stands still where it can. */
function bringToView(element: HTMLElement): void {
  const box = element.getBoundingClientRect();
  const frame = element.closest("#statements")?.parentElement?.getBoundingClientRect();
  const top = Math.max(frame?.top ?? 0, 0);
  const bottom = Math.min(frame?.bottom ?? innerHeight, innerHeight);
  if (box.top < top || box.bottom > bottom) element.scrollIntoView({ block: "center", behavior: scrolling() });
}

for (const statement of statements) {
  const id = statement.dataset.s ?? "";
  statement.addEventListener("focusin", () => choose([id], "list"));
  statement.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("a, button, summary")) choose([id], "list");
  });
  statement.addEventListener("mouseenter", () => mark(new Set([id]), "near"));
  statement.addEventListener("mouseleave", () => mark(new Set(), "near"));
}

text?.addEventListener("mouseover", (event) => mark(new Set(statementsAt(event)), "near"));
text?.addEventListener("mouseleave", () => mark(new Set(), "near"));
text?.addEventListener("click", (event) => {
  if ((event.target as Element).closest("a")) return;
  if (!getSelection()?.isCollapsed) return; // somebody is copying words
  choose(statementsAt(event), "text");
});

function statementsAt(event: Event): string[] {
  const ids: string[] = [];
  for (let at = event.target as Element | null; at && at !== text; at = at.parentElement) {
    if (at instanceof HTMLElement) ids.push(...idsOf(at));
  }
  return [...new Set(ids)];
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || isModified(event)) return;
  if (event.key === "n" || event.key === "p") go(event.key === "n" ? 1 : -1);
  if (event.key === "Escape") choose([], "text");
});

/** Go to the next statement, or to the one before; after the last comes the first. */
function go(step: number): void {
  if (statements.length === 0) return;
  const at = statements.findIndex((each) => chosen.has(each.dataset.s ?? ""));
  const start = at < 0 && step < 0 ? 0 : at;
  const next = statements[(start + step + statements.length) % statements.length];
  next?.focus({ preventScroll: true });
  if (next) bringToView(next);
}

// --- #char=120,184 (RFC 5147): counted in characters (code points), as everywhere in the graph ---

function markFragment(): void {
  const found = /^#(?:.*&)?char=(\d+),(\d+)/.exec(decodeURIComponent(location.hash));
  if (!found) return;
  const [start, end] = [Number(found[1]), Number(found[2])];
  const inside = segments.filter((each) => Number(each.dataset.start) < end && Number(each.dataset.end) > start);
  const first = inside[0];
  const last = inside.at(-1);
  if (!first || !last) return;
  const range = document.createRange();
  const from = place(first, start - Number(first.dataset.start));
  const until = place(last, end - Number(last.dataset.start));
  if (from && until && "highlights" in CSS) {
    range.setStart(...from);
    range.setEnd(...until);
    CSS.highlights.set("passage", new Highlight(range));
  } else {
    for (const segment of inside) segment.classList.add("passage");
  }
  first.scrollIntoView({ block: "center", behavior: scrolling() });
}

/** Find the text node and its offset (UTF-16) at so many code points from the start of a segment. */
function place(segment: HTMLElement, points: number): [Node, number] | undefined {
  const walker = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT);
  let left = Math.max(points, 0);
  let last: [Node, number] | undefined;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const characters = [...(node.nodeValue ?? "")];
    if (left <= characters.length) return [node, characters.slice(0, left).join("").length];
    left -= characters.length;
    last = [node, node.nodeValue?.length ?? 0];
  }
  return last;
}

addEventListener("hashchange", markFragment);
markFragment();
