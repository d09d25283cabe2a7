// The graph view inside one HTML file: data stand in the page, and so does the style.
import css from "./diagram.css?inline";
import { make, readData } from "./dom";
import type { GraphData } from "./graph/data";
import { drawFromData } from "./graph/page";

interface Diagram extends GraphData {
  title?: string;
  caption?: string;
  description?: string;
}

function start(): void {
  const data = readData<Diagram>("diagram-data");
  const element = document.getElementById("graph");
  if (!data || !element) return;
  document.head.append(make("style", {}, css));
  if (!document.querySelector("h1") && data.title) element.before(make("h1", {}, data.title));
  drawFromData(element, data, data.title ?? document.title);
  const hasCaption = document.querySelector("figcaption, .caption");
  if (data.caption && !hasCaption) element.after(make("p", { class: "caption" }, data.caption));
  if (data.description) element.setAttribute("aria-description", data.description);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
