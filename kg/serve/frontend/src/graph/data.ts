// The shape of /api/graph, and how answers are put together.

export type Status = "asserted" | "former" | "claimed" | "denied" | "possible";

export interface GraphNode {
  iri: string;
  label: string;
  kind: string;
  type?: string;
  note?: string;
  href?: string;
  degree?: number;
}

export interface GraphEdge {
  id: string;
  source: string;
  target: string;
  labels: string[];
  properties: string[];
  status: Status;
  directed?: boolean;
  href?: string;
}

export interface Kind {
  kind: string;
  label: string;
  colour: string;
  shape: string;
}

export interface GraphData {
  nodes: GraphNode[];
  edges: GraphEdge[];
  kinds: Kind[];
  relations: { iri: string; label: string }[];
  hidden: number;
}

export const MOST_NODES = 300;

/** The words of each status; "" where a line needs no word. */
export const WORDS: Record<Status, string> = {
  asserted: "",
  former: "former",
  claimed: "claimed",
  denied: "denied",
  possible: "possible",
};

/** Give what stands on a line: its relations, and its status in words where it is no plain fact. */
export function words(edge: GraphEdge): string {
  const labels = edge.labels.join(", ");
  const status = WORDS[edge.status] ?? edge.status;
  return status && !labels.toLowerCase().includes(status) ? `${labels} (${status})` : labels;
}

/** Give an id that is the same in all answers: the ids of one answer number its edges anew. */
function idOf({ source, target, status, labels, href }: GraphEdge): string {
  return JSON.stringify([source, target, status, labels, href ?? ""]);
}

/** What is drawn: nodes, edges, kinds and relations by their ids, and how many neighbours are left out. */
export class Network {
  readonly nodes = new Map<string, GraphNode>();
  readonly edges = new Map<string, GraphEdge>();
  readonly kinds = new Map<string, Kind>();
  readonly relations = new Map<string, string>();
  readonly hidden = new Map<string, number>();

  /** Take an answer in, up to the most nodes; gives the new nodes. `around` is the node that was asked about. */
  add(data: GraphData, around: string): GraphNode[] {
    const added: GraphNode[] = [];
    let left = data.hidden ?? 0;
    for (const node of data.nodes) {
      if (this.nodes.has(node.iri)) continue;
      if (this.nodes.size >= MOST_NODES) {
        left += 1;
        continue;
      }
      this.nodes.set(node.iri, node);
      added.push(node);
    }
    for (const edge of data.edges) {
      if (!this.nodes.has(edge.source) || !this.nodes.has(edge.target)) continue;
      const id = idOf(edge);
      this.edges.set(id, { ...edge, id });
    }
    for (const kind of data.kinds) if (!this.kinds.has(kind.kind)) this.kinds.set(kind.kind, kind);
    for (const relation of data.relations) this.relations.set(relation.iri, relation.label);
    this.hidden.set(around, left);
    return added;
  }

  /** Count the neighbours that answers left out. */
  get left(): number {
    return [...this.hidden.values()].reduce((sum, each) => sum + each, 0);
  }

  /** Give the edges of a node, by what they say. */
  edgesOf(iri: string): GraphEdge[] {
    const edges = [...this.edges.values()].filter((edge) => edge.source === iri || edge.target === iri);
    return edges.sort((one, other) => words(one).localeCompare(words(other)) || (one.id < other.id ? -1 : 1));
  }
}
