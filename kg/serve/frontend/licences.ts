// Writes licences.json: name, version, licence and text of every package whose code stands in the bundles.
// Packages that were bundled by their own makers hold their dependencies' code: so dependencies are listed too.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Manifest {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

/** Make the plugin: `fileName` is where the list goes, relative to the output folder. */
export function licences(fileName: string): Plugin {
  return {
    name: "kg-licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk") {
          for (const id of Object.keys(chunk.modules)) addWithDependencies(packageOf(id), folders);
        }
      }
      const list = [...folders].map(describe).sort((one, other) => (one.name < other.name ? -1 : 1));
      this.emitFile({ type: "asset", fileName, source: JSON.stringify(list, null, 1) + "\n" });
    },
  };
}

function packageOf(id: string): string | undefined {
  const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id.replace(/^\0/, ""));
  return found?.[1];
}

function read(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function addWithDependencies(folder: string | undefined, folders: Set<string>): void {
  if (!folder || folders.has(folder)) return;
  folders.add(folder);
  const names = Object.keys(read(folder).dependencies ?? {}).filter((name) => !name.startsWith("@types/"));
  for (const name of names) addWithDependencies(find(name, folder), folders);
}

function find(name: string, from: string): string | undefined {
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
  }
  return undefined;
}

function describe(folder: string): { name: string; version: string; licence: string; text: string } {
  const { name, version, license } = read(folder);
  const file = readdirSync(folder).sort().find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  return { name, version, licence: license ?? "see its text", text };
}
