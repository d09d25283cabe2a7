// What stands beside the picture: status, details of what is chosen, list of things, legend, boxes of the filter, buttons.
import { make, ownAddress } from "../dom";
import { type GraphEdge, type GraphNode, WORDS, words } from "./data";
import { save, toPng, toSvg } from "./picture";
import { swatch } from "./shapes";
import { type Choice, GraphView, type Listener, count } from "./view";

export class Panel implements Listener {
  view!: GraphView;
  private readonly status: HTMLElement;
  private readonly details: HTMLElement;
  private readonly legend: HTMLElement;
  private readonly list = make("ul");
  private readonly listed = make("details", { id: "graph-nodes" });

  constructor(
    private readonly graph: HTMLElement,
    private readonly title: string,
  ) {
    // In a figure all of it stands behind the caption, so that nothing moves when the picture comes.
    const last = graph.closest("figure")?.lastElementChild;
    this.status = place("graph-status", "p", last instanceof HTMLElement ? last : graph);
    this.details = place("graph-details", "div", this.status);
    this.legend = place("legend", "div", this.details);
    graph.tabIndex = 0;
    graph.setAttribute("role", "application");
    graph.setAttribute("aria-roledescription", "picture of a network");
    graph.setAttribute(
      "aria-label",
      `${title}. Arrow keys choose, Enter brings in neighbours, plus and minus zoom, 0 shows all. The same stands below as a list.`,
    );
    this.status.setAttribute("role", "status");
    this.details.setAttribute("aria-live", "polite");
    this.listed.append(make("summary", {}, "Things in the picture"), this.list);
    this.legend.after(this.listed);
    this.addTools();
  }

  chosen(choice: Choice): void {
    const parts = !choice ? [this.hint()] : "node" in choice ? this.nodeDetails(choice.node) : this.edgeDetails(choice.edge);
    this.details.replaceChildren(...parts);
    const iri = choice && "node" in choice ? choice.node.iri : undefined;
    for (const button of this.list.querySelectorAll("button")) {
      if (button.dataset.iri === iri) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  changed(): void {
    const { network, filtered } = this.view;
    const nodes = network.nodes.size - filtered;
    const parts = [`${count(nodes, "thing")}, ${count(this.view.cy.edges(":visible").length, "link")}`];
    if (network.left) parts.push(`${count(network.left, "neighbour")} not shown`);
    if (filtered) parts.push(`${filtered.toLocaleString("en")} hidden by the filter`);
    this.said(parts.join(" · "));
    this.drawLegend();
    this.drawList();
    if (this.details.childElementCount === 0) this.chosen(undefined);
  }

  said(message: string): void {
    this.status.textContent = message;
  }

  private hint(): HTMLElement {
    const more = this.view.grows ? " Choose it again to bring in its neighbours." : "";
    const zoom = matchMedia("(pointer: coarse)").matches ? "Two fingers zoom." : "Ctrl and the wheel zoom.";
    return make("p", { class: "hint" }, `Choose a thing or a line to read about it.${more} ${zoom}`);
  }

  private nodeDetails(node: GraphNode): Node[] {
    const kind = this.view.network.kinds.get(node.kind);
    const title = make("h3", {}, link(node.label, node.href));
    const about = make("p", { class: "graph-about" });
    if (kind) about.append(swatch(kind.shape, kind.colour), " ");
    about.append(node.type || kind?.label || node.kind);
    if (node.note && node.note !== node.type) about.append(` · ${node.note}`);
    const edges = this.view.network.edgesOf(node.iri);
    const lines = make("ul", { class: "graph-lines" }, ...edges.map((edge) => this.line(edge, node.iri)));
    const parts: Node[] = [title, about];
    const buttons = make("p", { class: "tools" });
    if (this.view.canExpand(node.iri)) {
      const button = make("button", { type: "button" }, "Show its neighbours");
      button.addEventListener("click", () => void this.view.expand(node.iri));
      buttons.append(button);
    }
    if (this.graph.dataset.src && node.iri !== this.graph.dataset.around) {
      buttons.append(make("a", { href: `/graph?around=${encodeURIComponent(node.iri)}` }, "Draw around it"));
    }
    if (buttons.childNodes.length) parts.push(buttons);
    parts.push(lines);
    if (this.view.canExpand(node.iri) && (node.degree ?? 0) > edges.length) {
      parts.push(make("p", { class: "hint" }, "There may be more links that are not drawn."));
    }
    return parts;
  }

  /** One relation of a node in words, as a button that chooses it in the picture. */
  private line(edge: GraphEdge, iri: string): HTMLLIElement {
    const outward = edge.source === iri;
    const other = this.view.network.nodes.get(outward ? edge.target : edge.source)?.label ?? "";
    const arrow = edge.directed === false ? " – " : outward ? " → " : " ← ";
    const button = make("button", { type: "button", class: `line status-${edge.status}` }, words(edge), arrow, other);
    button.addEventListener("click", () => this.view.choose(edge.id));
    return make("li", {}, button);
  }

  private edgeDetails(edge: GraphEdge): Node[] {
    const name = (iri: string): string => this.view.network.nodes.get(iri)?.label ?? iri;
    const go = (iri: string): HTMLElement => {
      const button = make("button", { type: "button", class: "line" }, name(iri));
      button.addEventListener("click", () => this.view.choose(iri));
      return button;
    };
    const says = make("p", { class: "graph-says" }, go(edge.source), " ", make("b", {}, edge.labels.join(", ")), " ", go(edge.target));
    const status = WORDS[edge.status] || "fact";
    const parts: Node[] = [says, make("p", {}, make("span", { class: `status status-${edge.status}` }, status))];
    if (ownAddress(edge.href) || edge.href?.startsWith("#")) parts.push(make("p", {}, link("Who says so, and in which words", edge.href)));
    return parts;
  }

  private drawLegend(): void {
    const shown = new Set(this.view.cy.nodes(":visible").map((node) => node.data("kind") as string));
    const kinds = [...this.view.network.kinds.values()].filter((kind) => shown.has(kind.kind));
    const statuses = new Set(this.view.cy.edges(":visible").map((edge) => edge.data("status") as string));
    const items = kinds.map((kind) => make("li", {}, swatch(kind.shape, kind.colour), " ", kind.label));
    const lines: [string, string, boolean][] = [
      ["fact", "fact", statuses.has("asserted")],
      ["former", "in the past", statuses.has("former")],
      ["claimed", "claimed, denied or only possible", ["claimed", "denied", "possible"].some((each) => statuses.has(each))],
    ];
    for (const [name, label, is] of lines) {
      if (is) items.push(make("li", {}, make("span", { class: `stroke stroke-${name}`, "aria-hidden": "true" }), " ", label));
    }
    this.legend.replaceChildren(make("ul", { class: "legend", "aria-label": "What colours, shapes and lines mean" }, ...items));
  }

  private drawList(): void {
    const hidden = new Set(this.view.cy.nodes(".out").map((node) => node.id()));
    const nodes = [...this.view.network.nodes.values()].filter((node) => !hidden.has(node.iri));
    nodes.sort((one, other) => one.label.localeCompare(other.label) || (one.iri < other.iri ? -1 : 1));
    const items = nodes.map((node) => {
      const kind = this.view.network.kinds.get(node.kind);
      const button = make("button", { type: "button", "data-iri": node.iri }, node.label);
      button.addEventListener("click", () => this.view.choose(node.iri));
      button.addEventListener("dblclick", () => void this.view.expand(node.iri));
      return make("li", {}, ...(kind ? [swatch(kind.shape, kind.colour)] : []), button);
    });
    this.list.replaceChildren(...items);
  }

  private addTools(): void {
    const tools = document.querySelector<HTMLElement>("#graph-tools, .tools:has(#fit)") ?? make("div", { class: "tools" });
    if (!tools.isConnected) this.status.after(tools);
    const actions: [string, string, () => void][] = [
      ["smaller", "Smaller", () => this.view.zoom(0.8)],
      ["larger", "Larger", () => this.view.zoom(1.25)],
      ["fit", "Show all", () => this.view.fit()],
      ["png", "Save as PNG", () => void this.savePng()],
      ["svg", "Save as SVG", () => this.saveSvg()],
    ];
    for (const [id, label, act] of actions) {
      let button = document.querySelector<HTMLElement>(`button#${id}`);
      if (!button) {
        button = make("button", { type: "button", id }, label);
        tools.append(button);
      }
      button.hidden = false;
      button.addEventListener("click", act);
    }
  }

  private get svg(): string {
    return toSvg(this.view.cy, this.view.network, this.title);
  }

  private saveSvg(): void {
    save(new Blob([this.svg], { type: "image/svg+xml" }), `${fileName(this.title)}.svg`);
  }

  private async savePng(): Promise<void> {
    try {
      save(await toPng(this.svg), `${fileName(this.title)}.png`);
    } catch (error) {
      this.said(`The picture could not be saved: ${(error as Error).message}`);
    }
  }
}

/** Make a name for a file out of words. */
function fileName(title: string): string {
  const plain = title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return plain.slice(0, 80) || "graph";
}

function place(id: string, tag: "p" | "div", after: HTMLElement): HTMLElement {
  const there = document.getElementById(id);
  if (there) return there;
  const element = make(tag, { id });
  after.after(element);
  return element;
}

function link(words: string, href: string | undefined): Node {
  if (href?.startsWith("#")) return make("a", { href }, words);
  const address = ownAddress(href);
  return address ? make("a", { href: address }, words) : document.createTextNode(words);
}
