// Where nodes go: the same data gives the same picture.
import cytoscape, { type Core, type LayoutOptions } from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);
cytoscape.warnings(false); // nodes on one spot for a moment are no news for the reader's console

/** Put new nodes around the one that brought them in. */
export function placeAround(cy: Core, centre: string, ids: string[]): void {
  const middle = cy.getElementById(centre).position();
  const radius = Math.max(150, (ids.length * 60) / (2 * Math.PI));
  [...ids].sort().forEach((id, index) => {
    const angle = (2 * Math.PI * index) / ids.length + 0.4;
    cy.getElementById(id).position({ x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) });
  });
}

/** Where nodes start: the first picture from nothing, a grown one from where its nodes stand. */
export type Start = "anew" | "as they stand";

/** Move all nodes so that lines are of like length and labels have room; `done` is called when they stand. */
export function settle(cy: Core, start: Start, animated: boolean, done: () => void): void {
  const shown = cy.elements(":visible");
  const number = shown.nodes().length;
  const [length, repulsion, separation] = number > 80 ? [110, 9000, 90] : number > 25 ? [150, 18000, 130] : [145, 16000, 120];
  const options = {
    name: "fcose",
    quality: "default",
    randomize: start === "anew",
    animate: animated,
    animationDuration: 400,
    fit: true,
    padding: 40,
    nodeDimensionsIncludeLabels: true,
    idealEdgeLength: length,
    nodeRepulsion: repulsion,
    nodeSeparation: separation,
    edgeElasticity: 0.35,
    gravity: number > 80 ? 0.35 : 0.2,
    numIter: number > 80 ? 1500 : 2500,
    tile: true,
  };
  const layout = shown.layout(options as unknown as LayoutOptions);
  layout.one("layoutstop", done);
  withSameChance(() => void layout.run());
}

/** Run with numbers that look like chance and are the same each time: the layout draws from `Math.random` alone. */
function withSameChance(run: () => void): void {
  const chance = Math.random;
  let state = 20_011;
  Math.random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  try {
    run();
  } finally {
    Math.random = chance;
  }
}
