// Completion of a search field: the editable combobox with list autocomplete of the WAI-ARIA Authoring Practices.
import { make, ownAddress } from "./dom";

interface Suggestion {
  iri: string;
  label: string;
  description?: string;
  href: string;
  kind?: string;
  names?: string[];
}

const WAIT = 120; // milliseconds after the last key before the server is asked
let lists = 0;

/**
 * Give a field with `data-complete` its list. In a search form picking opens the page of what was picked; in other forms
 * it fills the field, or with `data-pick="#id"` the hidden field of that id.
 */
export function addCompletion(input: HTMLInputElement): void {
  const list = make("ul", { id: `suggestions-${++lists}`, role: "listbox", class: "suggestions", "aria-label": "Suggestions" });
  const status = make("span", { class: "visually-hidden", role: "status" });
  const box = make("div", { class: "combobox" });
  input.before(box);
  box.append(input, list, status);
  list.hidden = true;
  const attributes = {
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  new Completion(input, list, status);
}

class Completion {
  private suggestions: Suggestion[] = [];
  private active = -1;
  private timer = 0;
  private request: AbortController | undefined;
  private readonly hidden: HTMLInputElement | null;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLUListElement,
    private readonly status: HTMLElement,
  ) {
    this.hidden = input.dataset.pick ? document.querySelector<HTMLInputElement>(input.dataset.pick) : null;
    input.addEventListener("input", () => this.changed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.pick(Number(option.dataset.index));
    });
  }

  private changed(): void {
    if (this.hidden) this.hidden.value = "";
    clearTimeout(this.timer);
    if (this.input.value.trim()) this.timer = window.setTimeout(() => void this.ask(), WAIT);
    else this.close();
  }

  private async ask(): Promise<void> {
    this.request?.abort();
    const request = (this.request = new AbortController());
    const url = new URL(this.input.dataset.complete ?? "/api/complete", location.href);
    if (url.origin !== location.origin) return;
    url.searchParams.set("q", this.input.value.trim());
    url.searchParams.set("limit", "8");
    try {
      const answer = await fetch(url, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show((await answer.json()) as Suggestion[]);
    } catch {
      if (!request.signal.aborted) this.close(); // the search page still answers
    }
  }

  private show(suggestions: Suggestion[]): void {
    if (document.activeElement !== this.input) return;
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((each, index) => this.option(each, index)));
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.mark(-1);
    const number = suggestions.length;
    this.status.textContent = number === 0 ? "No suggestions" : number === 1 ? "1 suggestion" : `${number} suggestions`;
  }

  private option(suggestion: Suggestion, index: number): HTMLLIElement {
    const option = make("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" });
    option.dataset.index = String(index);
    option.append(make("span", { class: "suggestion-label" }, suggestion.label));
    const found = otherName(suggestion, this.input.value);
    if (found) option.append(" ", make("span", { class: "suggestion-name" }, `also ${found}`));
    const note = suggestion.description || suggestion.kind;
    if (note) option.append(" ", make("span", { class: "suggestion-note" }, note));
    return option;
  }

  private mark(index: number): void {
    this.active = index;
    const options = [...this.list.children];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = options[index];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const number = this.suggestions.length;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        if (this.input.value.trim()) void this.ask();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place between the last and the first stands for the field itself.
      this.mark(((this.active + 1 + step + number + 1) % (number + 1)) - 1);
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Escape") {
      if (open) event.preventDefault();
      if (open) this.close();
      else this.input.value = "";
    }
  }

  private pick(index: number): void {
    const suggestion = this.suggestions[index];
    if (!suggestion) return;
    this.close();
    if (!this.input.closest("form[role=search]")) {
      this.input.value = this.hidden ? suggestion.label : suggestion.iri;
      if (this.hidden) this.hidden.value = suggestion.iri;
      this.input.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: suggestion }));
      return;
    }
    this.input.value = suggestion.label;
    const address = ownAddress(suggestion.href);
    if (address) location.assign(address);
  }

  private close(): void {
    clearTimeout(this.timer);
    this.request?.abort();
    this.suggestions = [];
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
    this.status.textContent = "";
  }
}

/** Give the other name that explains why something was found, where its label does not. */
function otherName(suggestion: Suggestion, typed: string): string | undefined {
  const wanted = typed.trim().toLowerCase();
  if (suggestion.label.toLowerCase().includes(wanted)) return undefined;
  return suggestion.names?.find((name) => name !== suggestion.label && name.toLowerCase().includes(wanted));
}
