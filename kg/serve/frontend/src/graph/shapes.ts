// The shapes of kinds, named as in kg/draw/styles.py, as corners in a square from -1 to 1 (y grows downwards).

const around = (number: number, turn = -90, radius = 1): number[][] =>
  Array.from({ length: number }, (_, index) => {
    const angle = ((turn + (360 / number) * index) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

const PLUS = [
  [-0.36, -1], [0.36, -1], [0.36, -0.36], [1, -0.36], [1, 0.36], [0.36, 0.36],
  [0.36, 1], [-0.36, 1], [-0.36, 0.36], [-1, 0.36], [-1, -0.36], [-0.36, -0.36],
];

const STAR = around(5).flatMap((tip, index) => [tip, around(5, -54, 0.45)[index] ?? tip]);

const CORNERS: Record<string, number[][]> = {
  s: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  D: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  "^": [[0, -1], [1, 0.85], [-1, 0.85]],
  v: [[0, 1], [1, -0.85], [-1, -0.85]],
  p: around(5),
  h: around(6),
  P: PLUS,
  "*": STAR,
};

/** Give the corners of a shape; undefined stands for a circle. */
export function corners(shape: string): number[][] | undefined {
  return CORNERS[shape];
}

/** Give a small picture of a shape for the legend. */
export function swatch(shape: string, colour: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.2 -1.2 2.4 2.4");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  const points = corners(shape);
  const mark = document.createElementNS("http://www.w3.org/2000/svg", points ? "polygon" : "circle");
  if (points) mark.setAttribute("points", points.map((point) => point.map(round).join(",")).join(" "));
  else mark.setAttribute("r", "1");
  mark.setAttribute("fill", colour);
  mark.setAttribute("class", "swatch-mark");
  svg.append(mark);
  return svg;
}

/** Write a number with two decimals at most. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
