// Brings the parts of a graph together on a page: over the server's answers, or over data that stands in the page.
import type { GraphData } from "./data";
import { Filter } from "./filter";
import { Panel } from "./panel";
import { type Fetch, GraphView } from "./view";

/** Draw what `data-src` answers around `data-around`. */
export async function drawFromServer(element: HTMLElement): Promise<void> {
  const around = element.dataset.around ?? "";
  const ask: Fetch = (iri, most) => fetchGraph(element, iri, 1, most);
  const title = element.dataset.title ?? document.querySelector("h1")?.textContent?.trim() ?? document.title;
  const panel = new Panel(element, title);
  panel.said("Drawing …");
  try {
    const first = await fetchGraph(element, around, Number(element.dataset.hops) || 1, Number(element.dataset.limit) || 60);
    draw(element, around, first, panel, ask);
  } catch (error) {
    panel.said(`The picture could not be loaded: ${(error as Error).message}. The list below holds the same.`);
  }
}

/** Draw data that is at hand: nothing more can be brought in. */
export function drawFromData(element: HTMLElement, data: GraphData, title: string): void {
  const most = [...data.nodes].sort((one, other) => (other.degree ?? 0) - (one.degree ?? 0))[0];
  draw(element, element.dataset.around ?? most?.iri ?? "", data, new Panel(element, title), undefined);
}

function draw(element: HTMLElement, around: string, data: GraphData, panel: Panel, ask: Fetch | undefined): void {
  const view = new GraphView(element, around, ask, panel);
  panel.view = view;
  const form = document.querySelector<HTMLFormElement>("form.filter, form#graph-filter");
  if (form) {
    const filter = new Filter(form, view);
    const changed = panel.changed.bind(panel);
    let nodes = -1;
    panel.changed = () => {
      changed();
      if (nodes !== view.network.nodes.size) filter.refresh();
      nodes = view.network.nodes.size;
    };
  }
  view.start(data);
}

async function fetchGraph(element: HTMLElement, around: string, hops: number, limit: number): Promise<GraphData> {
  const url = new URL(element.dataset.src ?? "/api/graph", location.href);
  if (url.origin !== location.origin) throw new Error("data of another site are not drawn");
  url.searchParams.set("around", around);
  url.searchParams.set("hops", String(hops));
  url.searchParams.set("limit", String(limit));
  const asked = new URLSearchParams(location.search);
  for (const name of ["types", "relations"]) {
    for (const value of asked.getAll(name)) url.searchParams.append(name, value);
  }
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()) as GraphData;
}
