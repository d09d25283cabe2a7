// On every page: style, theme, completion, the "/" key and the copy buttons.
import "./style.css";
import "./icon.svg"; // stands in the head: kg/serve/assets.py
import { addCompletion } from "./complete";
import { isModified, isTyping } from "./dom";
import { addThemeSwitch } from "./switch";

document.documentElement.classList.add("scripted");
addThemeSwitch();
document.querySelectorAll<HTMLInputElement>("input[data-complete]").forEach(addCompletion);
document.querySelectorAll<HTMLButtonElement>("button[data-copy], button[data-copy-from]").forEach(addCopying);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || isTyping(event) || isModified(event)) return;
  const search = document.querySelector<HTMLInputElement>("main [type=search][name=q], [type=search][name=q]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

/** Make a button copy `data-copy`, or the text of what `data-copy-from` selects; it stays hidden where that cannot be. */
function addCopying(button: HTMLButtonElement): void {
  if (!navigator.clipboard) return; // pages that are neither local nor https have none
  button.hidden = false;
  const words = button.textContent ?? "";
  button.addEventListener("click", async () => {
    const source = button.dataset.copyFrom ? document.querySelector(button.dataset.copyFrom) : null;
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? source?.textContent?.trim() ?? "");
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = words), 2000);
  });
}
