// Pictures that leave the page: SVG written from the places of nodes and lines, PNG from the canvas, both for print.
import type { Core, EdgeSingular, NodeSingular, Position } from "cytoscape";
import type { Kind, Network } from "./data";
import { DASHES, FONT, PRINT, isClaim } from "./look";
import { corners, round } from "./shapes";

const MARGIN = 24;

/** Write what is shown as an SVG document with a title and a legend of kinds. */
export function toSvg(cy: Core, network: Network, title: string): string {
  const shown = cy.elements(":visible");
  const box = shown.boundingBox({ includeLabels: true });
  const kinds = [...network.kinds.values()].filter((kind) => shown.some((each) => each.data("kind") === kind.kind));
  const left = box.x1 - MARGIN;
  const top = box.y1 - MARGIN;
  const width = Math.max(box.w, 420) + 2 * MARGIN;
  const legendTop = box.y2 + MARGIN;
  const [legend, legendHeight] = writeLegend(kinds, left + MARGIN, legendTop, width - 2 * MARGIN);
  const height = legendTop - top + legendHeight + MARGIN;
  const view = [left, top, width, height].map(round);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.join(" ")}" width="${view[2]}" height="${view[3]}" role="img" font-family="${escape(FONT)}">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(describe(cy))}</desc>`,
    `<rect x="${view[0]}" y="${view[1]}" width="${view[2]}" height="${view[3]}" fill="${PRINT.paper}"/>`,
    ...shown.edges().map((edge) => writeLine(edge)),
    ...shown.edges().map((edge) => writeWords(edge)),
    ...shown.nodes().map((node) => writeNode(node, network.kinds.get(node.data("kind") as string))),
    ...legend,
    "</svg>",
    "",
  ].join("\n");
}

/** Paint an SVG document as a PNG, twice as fine as the screen and 8,000 pixels wide or high at most. */
export async function toPng(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(2, 8000 / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture came out"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Hand a file to the reader. */
export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Say in words what is shown, a line for each relation. */
function describe(cy: Core): string {
  const name = (node: NodeSingular): string => node.data("label") as string;
  const lines = cy.edges(":visible").map((edge) => `${name(edge.source())}: ${edge.data("words")}: ${name(edge.target())}`);
  return lines.sort().join(". ");
}

function escape(text: string): string {
  // eslint-disable-next-line no-control-regex
  const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return allowed.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function writeLine(edge: EdgeSingular): string {
  const start = edge.sourceEndpoint();
  const end = edge.targetEndpoint();
  const bends: Position[] = edge.controlPoints() ?? [];
  const status = edge.data("status") as string;
  const colour = isClaim(status) ? PRINT.claim : PRINT.line;
  const dashes = DASHES[status]?.join(" ");
  const path = [`M${point(start)}`];
  bends.forEach((bend, index) => {
    const next = bends[index + 1];
    const until = next ? { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 } : end;
    path.push(`Q${point(bend)} ${point(until)}`);
  });
  if (bends.length === 0) path.push(`L${point(end)}`);
  const dash = dashes ? ` stroke-dasharray="${dashes}"` : "";
  const line = `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="1.6"${dash}/>`;
  return edge.data("directed") ? line + writeArrow(bends.at(-1) ?? start, end, colour) : line;
}

function writeArrow(from: Position, tip: Position, colour: string): string {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  const side = (turn: number): Position => ({ x: tip.x - 9 * Math.cos(angle + turn), y: tip.y - 9 * Math.sin(angle + turn) });
  return `<path d="M${point(tip)}L${point(side(0.42))}L${point(side(-0.42))}Z" fill="${colour}"/>`;
}

function writeNode(node: NodeSingular, kind: Kind | undefined): string {
  const { x, y } = node.position();
  const half = node.width() / 2;
  const points = corners(kind?.shape ?? "o");
  const paint = `fill="${escape(kind?.colour ?? "#bbbbbb")}" stroke="${PRINT.ink}" stroke-width="${node.hasClass("centre") ? 3 : 1.5}"`;
  const mark = points
    ? `<polygon points="${points.map(([px = 0, py = 0]) => `${round(x + px * half)},${round(y + py * half)}`).join(" ")}" ${paint}/>`
    : `<circle cx="${round(x)}" cy="${round(y)}" r="${round(half)}" ${paint}/>`;
  const centre = node.hasClass("centre");
  const size = centre ? 15 : 13;
  const lines = wrap(node.data("label") as string, 120, `${centre ? "bold " : ""}${size}px ${FONT}`);
  return mark + writeText(lines, { x, y: y + half + 4 + size }, size, PRINT.ink, centre ? ' font-weight="bold"' : "");
}

function writeWords(edge: EdgeSingular): string {
  const status = edge.data("status") as string;
  const lines = wrap(edge.data("words") as string, 150, `11px ${FONT}`);
  const middle = edge.midpoint();
  const [start, end] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  let turn = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
  if (turn > 90) turn -= 180;
  if (turn < -90) turn += 180;
  const style = isClaim(status) ? ' font-style="italic"' : "";
  const top = { x: middle.x, y: middle.y + 4 - ((lines.length - 1) * 13) / 2 };
  const text = writeText(lines, top, 11, isClaim(status) ? PRINT.claim : PRINT.soft, style);
  const wide = Math.max(...lines.map((line) => measure(line, `11px ${FONT}`))) + 6;
  const high = lines.length * 13 + 2;
  const place = `x="${round(middle.x - wide / 2)}" y="${round(middle.y - high / 2)}" width="${round(wide)}" height="${high}"`;
  const ground = `<rect ${place} fill="${PRINT.paper}" fill-opacity="0.9"/>`;
  return `<g transform="rotate(${round(turn)} ${point(middle)})">${ground}${text}</g>`;
}

function writeText(lines: string[], at: Position, size: number, colour: string, style: string): string {
  const spans = lines.map((line, index) => {
    return `<tspan x="${round(at.x)}" y="${round(at.y + index * size * 1.15)}">${escape(line)}</tspan>`;
  });
  const halo = `stroke="${PRINT.paper}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;
  return `<text font-size="${size}" text-anchor="middle" fill="${colour}" ${halo}${style}>${spans.join("")}</text>`;
}

function writeLegend(kinds: Kind[], left: number, top: number, width: number): [string[], number] {
  const written: string[] = [];
  let [x, y] = [left, top + 10];
  for (const kind of kinds) {
    const wide = 40 + measure(kind.label, `12px ${FONT}`);
    if (x > left && x + wide > left + width) [x, y] = [left, y + 22];
    const points = corners(kind.shape);
    const paint = `fill="${escape(kind.colour)}" stroke="${PRINT.ink}"`;
    written.push(
      points
        ? `<polygon points="${points.map(([px = 0, py = 0]) => `${round(x + 7 + 6 * px)},${round(y + 6 * py)}`).join(" ")}" ${paint}/>`
        : `<circle cx="${round(x + 7)}" cy="${round(y)}" r="6" ${paint}/>`,
      `<text x="${round(x + 19)}" y="${round(y + 4)}" font-size="12" fill="${PRINT.ink}">${escape(kind.label)}</text>`,
    );
    x += wide;
  }
  return [written, kinds.length ? y - top + 12 : 0];
}

function point(position: Position): string {
  return `${round(position.x)},${round(position.y)}`;
}

let pen: CanvasRenderingContext2D | null | undefined;

function measure(text: string, font: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 7;
  pen.font = font;
  return pen.measureText(text).width;
}

function wrap(text: string, width: number, font: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`, font) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
