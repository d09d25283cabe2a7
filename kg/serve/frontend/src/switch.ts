// The button that turns the page light or dark, or leaves it to the system.
import { keep, make, recall } from "./dom";

const THEMES = ["auto", "light", "dark"] as const;
const NAMES = { auto: "as the system", light: "light", dark: "dark" };

/** Bring the theme button `#theme` to life; where the page has none, it goes to the end of the header. */
export function addThemeSwitch(): void {
  let button = document.querySelector<HTMLElement>("button#theme");
  if (!button) {
    button = make("button", { type: "button", id: "theme" });
    document.querySelector("body > header")?.append(button);
  }
  const shown = button;
  const show = (): void => {
    const name = NAMES[current()];
    shown.dataset.shows = current();
    shown.setAttribute("aria-label", `Colours: ${name}. Change`);
    shown.title = `Colours: ${name}`;
    shown.replaceChildren(make("span", { class: "theme-sign", "aria-hidden": "true" }));
  };
  shown.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length] ?? "auto";
    document.documentElement.dataset.theme = next;
    keep("kg-theme", next === "auto" ? null : next);
    show();
  });
  show();
  shown.hidden = false;
}

function current(): (typeof THEMES)[number] {
  const theme = document.documentElement.dataset.theme ?? recall("kg-theme");
  return THEMES.find((each) => each === theme) ?? "auto";
}
