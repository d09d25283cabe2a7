// How nodes and lines look: colours come from the page's style, so that light, dark and print agree with it.
import type { StylesheetJson } from "cytoscape";
import type { Kind } from "./data";
import { corners } from "./shapes";

export interface Palette {
  ink: string;
  paper: string;
  line: string;
  soft: string;
  claim: string;
  accent: string;
}

/** What pictures that leave the page are drawn with: ink on white, for print. */
export const PRINT: Palette = {
  ink: "#1a1a1a",
  paper: "#ffffff",
  line: "#6b6b6b",
  soft: "#595959",
  claim: "#8a3b00",
  accent: "#0b5cad",
};

/** Dashes in pixels, by status: claims in any form are dashed, what is over is dotted. */
export const DASHES: Record<string, number[]> = { former: [2, 4], claimed: [8, 5], denied: [8, 5], possible: [8, 5] };

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Read the palette of the page around an element. */
export function paletteOf(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    ink: read("--ink", PRINT.ink),
    paper: read("--paper", PRINT.paper),
    line: read("--line-strong", PRINT.line),
    soft: read("--ink-soft", PRINT.soft),
    claim: read("--claim", PRINT.claim),
    accent: read("--accent", PRINT.accent),
  };
}

/** Say whether lines of a status are a claim's. */
export function isClaim(status: string): boolean {
  return status === "claimed" || status === "denied" || status === "possible";
}

/** Make the style of a picture. */
export function look(palette: Palette, kinds: Iterable<Kind>): StylesheetJson {
  const style: unknown[] = [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(size)",
        height: "data(size)",
        "background-color": "#bbbbbb",
        "border-width": 1.5,
        "border-color": palette.ink,
        color: palette.ink,
        "font-family": FONT,
        "font-size": 13,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-wrap": "wrap",
        "text-max-width": "120px",
        "text-background-color": palette.paper,
        "text-background-opacity": 0.82,
        "text-background-padding": "1px",
        "text-background-shape": "roundrectangle",
        "min-zoomed-font-size": 5,
        "overlay-opacity": 0,
      },
    },
    { selector: "node.centre", style: { "font-weight": "bold", "font-size": 15, "border-width": 3 } },
    {
      selector: "edge",
      style: {
        label: "data(words)",
        width: 1.6,
        "curve-style": "bezier",
        "control-point-step-size": 46,
        "line-color": palette.line,
        "target-arrow-color": palette.line,
        "arrow-scale": 0.9,
        color: palette.soft,
        "font-family": FONT,
        "font-size": 11,
        "text-rotation": "autorotate",
        "text-background-color": palette.paper,
        "text-background-opacity": 0.9,
        "text-background-padding": "2px",
        "text-wrap": "wrap",
        "text-max-width": "150px",
        "min-zoomed-font-size": 6,
        "overlay-opacity": 0,
      },
    },
    { selector: "edge[directed = 1]", style: { "target-arrow-shape": "triangle" } },
    { selector: "node.away, edge.away", style: { opacity: 0.22 } },
    { selector: "edge.near", style: { width: 2.4, color: palette.ink, "min-zoomed-font-size": 0, "z-index": 5 } },
    {
      selector: "node.chosen",
      style: { "border-width": 4, "border-color": palette.accent, "z-index": 10, "min-zoomed-font-size": 0 },
    },
    {
      selector: "edge.chosen",
      style: { width: 4, "line-color": palette.accent, "target-arrow-color": palette.accent, "min-zoomed-font-size": 0 },
    },
    { selector: ".out", style: { display: "none" } },
  ];
  for (const kind of kinds) style.splice(1, 0, kindStyle(kind));
  const first = style.findIndex((each) => (each as { selector: string }).selector === "edge[directed = 1]");
  const statuses = Object.entries(DASHES).map(([status, dashes]) => statusStyle(status, dashes, palette));
  style.splice(first, 0, ...statuses);
  return style as StylesheetJson;
}

function kindStyle(kind: Kind): unknown {
  const points = corners(kind.shape);
  const shape = points
    ? { shape: "polygon", "shape-polygon-points": points.flat().join(" ") }
    : { shape: "ellipse" };
  return { selector: `node[kind = ${JSON.stringify(kind.kind)}]`, style: { ...shape, "background-color": kind.colour } };
}

function statusStyle(status: string, dashes: number[], palette: Palette): unknown {
  const claim = isClaim(status);
  const colour = claim ? palette.claim : palette.line;
  const line = { "line-style": "dashed", "line-dash-pattern": dashes, "line-color": colour };
  const text = { color: claim ? palette.claim : palette.soft, "font-style": claim ? "italic" : "normal" };
  return { selector: `edge[status = "${status}"]`, style: { ...line, "target-arrow-color": colour, ...text } };
}
