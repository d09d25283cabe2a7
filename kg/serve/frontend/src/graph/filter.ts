// The boxes of the filter: by kind of thing and by relation. They act at once, on what is drawn.
import { make } from "../dom";
import { swatch } from "./shapes";
import type { GraphView } from "./view";

type Group = "types" | "relations";

export class Filter {
  private readonly groups: Record<Group, HTMLElement>;
  private readonly unchecked: Record<Group, Set<string>> = { types: new Set(), relations: new Set() };

  constructor(
    private readonly form: HTMLFormElement,
    private readonly view: GraphView,
  ) {
    this.groups = { types: this.group("types", "Kinds"), relations: this.group("relations", "Relations") };
    form.addEventListener("change", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || !isGroup(box.name) || box.type !== "checkbox") return;
      if (box.checked) this.unchecked[box.name].delete(box.value);
      else this.unchecked[box.name].add(box.value);
      this.apply();
    });
    // Around something else other kinds and relations may stand: only a choice that somebody made is sent along.
    form.addEventListener("formdata", (event) => {
      for (const name of ["types", "relations"] as const) {
        if (this.unchecked[name].size === 0) event.formData.delete(name);
      }
    });
  }

  /** Bring the boxes up to date with what is drawn. */
  refresh(): void {
    const { network } = this.view;
    const nodes = [...network.nodes.values()];
    const edges = [...network.edges.values()];
    const kinds = [...network.kinds.values()]
      .map((kind) => ({ ...kind, number: nodes.filter((node) => node.kind === kind.kind).length }))
      .filter((kind) => kind.number > 0);
    this.fill("types", kinds.map((kind) => this.box("types", kind.kind, kind.label, kind.number, swatch(kind.shape, kind.colour))));
    const relations = [...network.relations]
      .map(([iri, label]) => ({ iri, label, number: edges.filter((edge) => edge.properties.includes(iri)).length }))
      .filter((relation) => relation.number > 0)
      .sort((one, other) => one.label.localeCompare(other.label));
    this.fill("relations", relations.map((each) => this.box("relations", each.iri, each.label, each.number)));
  }

  private apply(): void {
    const { network } = this.view;
    const kinds = [...network.kinds.keys()].filter((kind) => !this.unchecked.types.has(kind));
    const relations = [...network.relations.keys()].filter((iri) => !this.unchecked.relations.has(iri));
    this.view.filter(new Set(kinds), new Set(relations));
  }

  private group(name: Group, words: string): HTMLElement {
    const first = this.form.querySelector(`input[type=checkbox][name=${name}]`);
    const there = this.form.querySelector<HTMLElement>(`[data-filter=${name}]`) ?? first?.closest("fieldset");
    if (there) return there;
    const made = make("fieldset", { "data-filter": name }, make("legend", {}, words));
    this.form.prepend(made);
    return made;
  }

  private fill(name: Group, labels: HTMLElement[]): void {
    const focused = document.activeElement;
    const value = focused instanceof HTMLInputElement && focused.name === name ? focused.value : undefined;
    const group = this.groups[name];
    for (const box of group.querySelectorAll(`input[name=${name}]`)) (box.closest("label") ?? box).remove();
    for (const item of group.querySelectorAll("li:empty")) item.remove();
    group.append(...labels);
    if (value !== undefined) group.querySelector<HTMLInputElement>(`input[value=${JSON.stringify(value)}]`)?.focus();
  }

  private box(name: Group, value: string, words: string, number: number, sign?: Element): HTMLLabelElement {
    const input = make("input", { type: "checkbox", name, value });
    input.checked = !this.unchecked[name].has(value);
    return make("label", { class: "check" }, input, ...(sign ? [sign] : []), ` ${words} `, make("span", { class: "muted" }, String(number)));
  }
}

function isGroup(name: string): name is Group {
  return name === "types" || name === "relations";
}
