// The picture: draws a network, lets nodes and lines be chosen by mouse, finger and keyboard, and brings in neighbours.
import cytoscape, { type Core, type ElementDefinition, type SingularElementArgument } from "cytoscape";
import { type GraphData, type GraphEdge, type GraphNode, MOST_NODES, Network, words } from "./data";
import { look, paletteOf } from "./look";
import { placeAround, settle } from "./place";

/** Asks for the neighbours of a node, `most` at most. */
export type Fetch = (around: string, most: number) => Promise<GraphData>;

/** What is chosen in the picture: a node, a line, or nothing. */
export type Choice = { node: GraphNode } | { edge: GraphEdge } | undefined;

export interface Listener {
  chosen(choice: Choice): void;
  changed(): void;
  said(message: string): void;
}

export class GraphView {
  readonly network = new Network();
  readonly cy: Core;
  private readonly expanded = new Set<string>();
  private choice: string | undefined;
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(
    private readonly element: HTMLElement,
    private readonly centre: string,
    private readonly fetchMore: Fetch | undefined,
    private readonly listener: Listener,
  ) {
    const canvas = document.createElement("div");
    canvas.className = "graph-canvas";
    element.replaceChildren(canvas);
    this.cy = cytoscape({ container: canvas, minZoom: 0.15, maxZoom: 3, boxSelectionEnabled: false, autounselectify: true });
    element.addEventListener("wheel", (event) => this.wheel(event), { capture: true });
    element.addEventListener("keydown", (event) => this.key(event));
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) this.choose(undefined);
    });
    this.cy.on("tap", "node", (event) => this.tapped((event.target as SingularElementArgument).id()));
    this.cy.on("tap", "edge", (event) => this.choose((event.target as SingularElementArgument).id()));
    this.cy.on("mouseover", "node, edge", () => (canvas.style.cursor = "pointer"));
    this.cy.on("mouseout", "node, edge", () => (canvas.style.cursor = ""));
    const repaint = (): void => void this.cy.style(look(paletteOf(element), this.network.kinds.values()));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    new ResizeObserver(() => this.cy.resize()).observe(element);
  }

  /** Draw the first answer. */
  start(data: GraphData): void {
    const added = this.network.add(data, this.centre);
    this.expanded.add(this.centre);
    this.draw(added);
    settle(this.cy, "anew", false, () => this.fit());
    this.listener.changed();
  }

  /** Say whether neighbours can be brought in at all. */
  get grows(): boolean {
    return this.fetchMore !== undefined;
  }

  /** Say whether a node has neighbours that could still be brought in. */
  canExpand(iri: string): boolean {
    return this.fetchMore !== undefined && !this.expanded.has(iri);
  }

  /** Bring in the neighbours of a node. */
  async expand(iri: string): Promise<void> {
    if (!this.fetchMore || this.expanded.has(iri)) return;
    const name = this.network.nodes.get(iri)?.label ?? "";
    const room = MOST_NODES - this.network.nodes.size;
    if (room <= 0) {
      this.listener.said(`The picture is full: it holds ${MOST_NODES} things at most. Open the graph around ${name} instead.`);
      return;
    }
    this.expanded.add(iri);
    this.listener.said(`Looking for neighbours of ${name} …`);
    try {
      const before = this.network.edges.size;
      // The answer also holds what is drawn already: so room for both is asked for.
      const added = this.network.add(await this.fetchMore(iri, MOST_NODES), iri);
      this.draw(added);
      placeAround(this.cy, iri, added.map((node) => node.iri));
      if (added.length) settle(this.cy, "as they stand", !this.calm.matches, () => undefined);
      this.listener.changed();
      const links = this.network.edges.size - before;
      const news = added.length + links ? `${count(added.length, "new neighbour")}, ${count(links, "new link")}` : "nothing new";
      this.listener.said(`${name}: ${news}. ${this.network.left ? `${count(this.network.left, "neighbour")} not shown.` : ""}`);
    } catch (error) {
      this.expanded.delete(iri);
      this.listener.said(`The neighbours of ${name} could not be loaded: ${(error as Error).message}`);
    }
    this.choose(iri);
  }

  /** Choose a node or a line by its id, or nothing. */
  choose(id: string | undefined): void {
    this.choice = id;
    const all = this.cy.elements();
    all.removeClass("chosen near away");
    const chosen = id === undefined ? undefined : this.cy.getElementById(id);
    if (chosen?.nonempty()) {
      const around = this.network.nodes.has(chosen.id())
        ? chosen.closedNeighborhood()
        : this.cy.collection().union(chosen).union(this.cy.edges().filter((each) => each.id() === id).connectedNodes());
      all.difference(around).addClass("away");
      around.edges().addClass("near");
      chosen.addClass("chosen");
      this.bringToView(chosen);
    }
    const node = id === undefined ? undefined : this.network.nodes.get(id);
    const edge = id === undefined ? undefined : this.network.edges.get(id);
    this.listener.chosen(node ? { node } : edge ? { edge } : undefined);
  }

  /** Show only nodes and lines that pass; nodes that lose all their lines go too. */
  filter(kinds: ReadonlySet<string>, relations: ReadonlySet<string>): void {
    this.cy.batch(() => {
      this.cy.nodes().forEach((node) => void node.toggleClass("out", !kinds.has(node.data("kind") as string)));
      this.cy.edges().forEach((edge) => {
        const properties = edge.data("properties") as string[];
        edge.toggleClass("out", properties.length > 0 && !properties.some((each) => relations.has(each)));
      });
      const left = this.cy.nodes().filter((node) => !node.hasClass("out"));
      left.forEach((node) => {
        const edges = node.connectedEdges();
        const seen = edges.toArray().some((edge) => ![edge, edge.source(), edge.target()].some((each) => each.hasClass("out")));
        if (edges.nonempty() && !seen && node.id() !== this.centre) node.addClass("out");
      });
    });
    this.listener.changed();
  }

  /** Count what a filter hides. */
  get filtered(): number {
    return this.cy.nodes(".out").length;
  }

  /** Show the whole picture. */
  fit(): void {
    this.cy.fit(this.cy.elements(":visible"), 30);
    if (this.cy.zoom() > 1.4) {
      this.cy.zoom(1.4);
      this.cy.center(this.cy.elements(":visible"));
    }
  }

  /** Make the picture larger or smaller around its middle. */
  zoom(factor: number): void {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  private draw(added: GraphNode[]): void {
    const elements: ElementDefinition[] = sorted(added, (node) => node.iri).map((node) => ({
      group: "nodes",
      data: { id: node.iri, label: node.label, kind: node.kind, size: size(node, node.iri === this.centre) },
      classes: node.iri === this.centre ? "centre" : "",
    }));
    for (const edge of sorted(this.network.edges.values(), (each) => each.id)) {
      if (this.cy.getElementById(edge.id).nonempty()) continue;
      const { id, source, target, status, properties } = edge;
      const directed = edge.directed === false ? 0 : 1;
      elements.push({ group: "edges", data: { id, source, target, status, properties, directed, words: words(edge) } });
    }
    this.cy.add(elements);
    this.cy.style(look(paletteOf(this.element), this.network.kinds.values()));
  }

  /** A first tap chooses, a second one on the same node brings in its neighbours. */
  private tapped(iri: string): void {
    if (this.choice === iri && this.canExpand(iri)) void this.expand(iri);
    else this.choose(iri);
  }

  /** The wheel scrolls the page; with Ctrl it makes the picture larger or smaller. */
  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.element || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Record<string, [number, number]> = {
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
    };
    const step = steps[event.key];
    if (step) this.move(step);
    else if (event.key === "Enter" && this.choice !== undefined) void this.expand(this.choice);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (event.key === "Escape") this.choose(undefined);
    else return;
    event.preventDefault();
  }

  /** Choose the nearest node in a direction, straight ahead before aside. */
  private move([dx, dy]: [number, number]): void {
    const from = this.choice === undefined ? undefined : this.cy.getElementById(this.choice);
    if (!from?.nonempty() || !from.isNode()) {
      this.choose(this.cy.getElementById(this.centre).nonempty() ? this.centre : this.cy.nodes(":visible").first().id());
      return;
    }
    const here = from.position();
    let best: { id: string; far: number } | undefined;
    this.cy.nodes(":visible").forEach((node) => {
      const [x, y] = [node.position().x - here.x, node.position().y - here.y];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      const far = ahead + 2 * aside;
      if (ahead > 1 && (!best || far < best.far)) best = { id: node.id(), far };
    });
    if (best) this.choose(best.id);
  }

  private bringToView(element: SingularElementArgument): void {
    const box = element.renderedBoundingBox({ includeLabels: false });
    const outside = box.x1 < 0 || box.y1 < 0 || box.x2 > this.cy.width() || box.y2 > this.cy.height();
    if (!outside) return;
    if (this.calm.matches) this.cy.center(element);
    else this.cy.animate({ center: { eles: element } }, { duration: 250 });
  }
}

function sorted<T>(values: Iterable<T>, key: (value: T) => string): T[] {
  return [...values].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function size(node: GraphNode, isCentre: boolean): number {
  return isCentre ? 44 : 24 + Math.min(14, 3 * Math.log2(1 + (node.degree ?? 1)));
}

/** Write a number with its word: "1 link", "2 links". */
export function count(number: number, word: string): string {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
