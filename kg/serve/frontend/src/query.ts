// The SPARQL page: YASGUI's editor and results over the endpoint of this site, with named queries and prefixes at hand.
// Whatever YASGUI would load or send elsewhere is left out: endpoint catalogue, prefix.cc, LOV, CORS proxy, short links.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./query.css";
import { keep, make, readData, recall } from "./dom";

interface NamedQuery {
  name: string;
  description?: string;
  text: string;
}

interface QueryData {
  endpoint: string;
  base?: string;
  prefixes: Record<string, string>;
  queries: NamedQuery[];
}

const KEY = "kg-query";
const LONGEST = 20_000; // characters of a query that are kept in this browser
const EXAMPLE = "SELECT ?thing ?name WHERE {\n  ?thing rdfs:label ?name .\n}\nLIMIT 20";

const { Yasqe, Yasr } = Yasgui;
const parent = document.getElementById("yasgui");
const data = readData<QueryData>("query-data");
if (parent && data) start(parent, data);

function start(element: HTMLElement, { endpoint, base, prefixes, queries }: QueryData): void {
  const url = new URL(endpoint || "/sparql", location.href);
  if (url.origin !== location.origin) return;
  Yasqe.forkAutocompleter("prefixes", {
    name: "own-prefixes",
    persistenceId: undefined,
    get: () => Promise.resolve(Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort()),
  });
  Yasqe.defaults.autocompleters = ["own-prefixes", "variables"];
  keepMarkupOutOfSorting();
  const editorPlace = make("div", { class: "query-editor" });
  const resultPlace = make("div", { class: "query-results", role: "region", "aria-label": "Results" });
  const status = make("p", { class: "query-status", role: "status" });
  const editor = new Yasqe(editorPlace, {
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null as never,
    autocompleters: ["own-prefixes", "variables"],
    prefixCcApi: null,
    editorHeight: "100%",
    resizeable: false,
    requestConfig: { ...Yasqe.defaults.requestConfig, endpoint: url.href, method: "POST" },
  });
  editor.setValue(fromAddress(queries, prefixes) ?? recall(KEY) ?? withPrefixes(queries[0]?.text ?? EXAMPLE, prefixes));
  const results = new Yasr(resultPlace, { persistenceId: null, prefixes: () => ({ ...prefixes, ...editor.getPrefixesFromQuery() }) });
  element.replaceChildren(menu(editor, queries, prefixes), editorPlace, tools(editor), status, resultPlace);
  label(editor, resultPlace);
  editor.on("query", () => {
    status.textContent = "Asking …";
    keepText(editor.getValue());
  });
  editor.on("queryResponse", (_editor: unknown, response: unknown, duration: number) => {
    results.setResponse(response as never, duration);
    status.textContent = response instanceof Error ? "The query was not answered." : `Answered in ${duration.toLocaleString("en")} ms.`;
  });
  editor.on("blur", () => keepText(editor.getValue()));
  addEventListener("hashchange", () => {
    const text = fromAddress(queries, prefixes);
    if (text !== undefined) editor.setValue(text);
  });
  linkToPages(resultPlace, base);
  editor.refresh();
}

type Editor = InstanceType<typeof Yasqe>;

/** Give the query that the address names (`name=`) or holds (`query=`), behind `#` or `?`. */
function fromAddress(queries: NamedQuery[], prefixes: Record<string, string>): string | undefined {
  for (const part of [location.hash.slice(1), location.search.slice(1)]) {
    const fields = new URLSearchParams(part);
    const text = fields.get("query");
    if (text) return text;
    const named = queries.find((query) => query.name === fields.get("name"));
    if (named) return withPrefixes(named.text, prefixes);
  }
  return undefined;
}

/** Put the declarations that a query uses and lacks before it. */
function withPrefixes(text: string, prefixes: Record<string, string>): string {
  const plain = text.replace(/<[^>\s]*>|"(?:[^"\\]|\\.)*"|#[^\n]*/g, " ");
  const missing = Object.entries(prefixes).filter(([prefix]) => {
    const name = prefix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`(^|[^\\w-])${name}:`).test(plain) && !new RegExp(`prefix\\s+${name}:`, "i").test(text);
  });
  const lines = missing.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`);
  return lines.length ? `${lines.join("\n")}\n${text.trimStart()}` : text;
}

function menu(editor: Editor, queries: NamedQuery[], prefixes: Record<string, string>): HTMLElement {
  const select = make("select", { id: "named-query" }, make("option", { value: "" }, "Choose a query …"));
  for (const query of queries) select.append(make("option", { value: query.name }, query.name));
  const about = make("p", { class: "hint", id: "named-query-about", "aria-live": "polite" });
  select.setAttribute("aria-describedby", about.id);
  const shown = queries.find((each) => withPrefixes(each.text, prefixes) === editor.getValue());
  if (shown) {
    select.value = shown.name;
    about.textContent = shown.description ?? "";
  }
  select.addEventListener("change", () => {
    const query = queries.find((each) => each.name === select.value);
    if (!query) return;
    editor.setValue(withPrefixes(query.text, prefixes));
    about.textContent = query.description ?? "";
  });
  return make("div", { class: "query-menu" }, make("label", { for: select.id }, "Ready-made queries"), " ", select, about);
}

function tools(editor: Editor): HTMLElement {
  const run = make("button", { type: "button", class: "primary", id: "run-query" }, "Run the query");
  run.addEventListener("click", () => void editor.query().catch(() => undefined)); // the results show the error
  const copy = make("button", { type: "button" }, "Copy a link to this query");
  copy.addEventListener("click", () => {
    history.replaceState(null, "", `${location.pathname}#${new URLSearchParams({ query: editor.getValue() })}`);
    void navigator.clipboard?.writeText(location.href).then(() => {
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy a link to this query"), 2000);
    });
  });
  const hint = make("span", { class: "hint" }, "Ctrl+Enter runs it, Ctrl+Space completes, Esc leaves the editor.");
  return make("div", { class: "tools" }, run, copy, hint);
}

function keepText(text: string): void {
  if (text.length <= LONGEST) keep(KEY, text);
}

/** Name for screen readers what the editor and the results leave unnamed, and take out links to other sites. */
function label(editor: Editor, resultPlace: HTMLElement): void {
  editor.getInputField().setAttribute("aria-label", "SPARQL query");
  editor.getScrollerElement().tabIndex = 0; // long lines can be scrolled to without a mouse
  resultPlace.querySelectorAll(".yasr_external_ref_btn").forEach((each) => each.remove());
}

/** Lead addresses of this graph in the results to their pages here; others open beside, and learn nothing of us. */
function linkToPages(place: HTMLElement, base: string | undefined): void {
  const lead = (): void => {
    for (const link of place.querySelectorAll<HTMLAnchorElement>("a.iri:not([data-led])")) {
      const iri = link.getAttribute("href") ?? "";
      link.dataset.led = "";
      if (base && iri.startsWith(base)) {
        link.href = `/${iri.slice(base.length).replace(/^\/+/, "")}`;
        link.removeAttribute("target");
        link.title = iri;
      } else {
        link.rel = "noopener noreferrer";
      }
    }
    place.querySelector("select.tableSizer:not([aria-label])")?.setAttribute("aria-label", "Rows on a page");
    for (const head of place.querySelectorAll("th:empty, th .dt-column-title:empty")) {
      head.append(make("span", { class: "visually-hidden" }, "Row"));
    }
    for (const table of place.querySelectorAll("table.dataTable:not([aria-label])")) table.setAttribute("aria-label", "Results");
  };
  new MutationObserver(lead).observe(place, { childList: true, subtree: true });
}

interface Column {
  name: string;
  render: (value: { value: string } | "", use: string | undefined, ...rest: unknown[]) => unknown;
}

/**
 * For sorting and filtering the table hands whole values to its sanitiser as markup, where a policy like ours reports each
 * handler in a hostile text: it gets them as text.
 */
function keepMarkupOutOfSorting(): void {
  const table = (Yasr.plugins["table"] as unknown as { prototype: { getColumns(): Column[] } }).prototype;
  const columns = table.getColumns;
  table.getColumns = function (this: unknown) {
    return columns.call(this as never).map((column) => {
      if (!column.name) return column;
      const render: Column["render"] = (value, use, ...rest) => {
        if (value === "" || use === "display" || use === "type") return column.render(value, use, ...rest);
        return value.value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
      };
      return { ...column, render };
    });
  };
}
