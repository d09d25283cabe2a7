import { defineConfig } from "vite";
import { licences } from "./licences.ts";

// One build of ES modules for the pages, and one script each for what cannot be a module: the theme, which must be set
// before the page is painted, and the diagram, which stands inside one HTML file.
const SCRIPTS = ["theme", "diagram"];
const PAGES = ["main", "article", "graph", "query"];

export default defineConfig(({ mode }) => {
  const alone = SCRIPTS.includes(mode);
  const entries = alone ? [mode] : PAGES;
  return {
    base: "/static/",
    publicDir: false,
    plugins: [withoutBallast(), licences(alone ? `licences-${mode}.json` : "licences.json")],
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: "dist",
      emptyOutDir: !alone,
      target: "es2022",
      manifest: alone ? `manifest-${mode}.json` : "manifest.json",
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
        output: {
          format: alone ? ("iife" as const) : ("es" as const),
          entryFileNames: "assets/[name]-[hash].js",
          chunkFileNames: "assets/[name]-[hash].js",
          assetFileNames: "assets/[name]-[hash][extname]",
        },
      },
    },
  };
});

/**
 * Leave out what the query editor brings and no page needs: a list of thousands of namespaces of other sites (ours stand in
 * the page), and a stand-in for JSON in browsers of 2008, whose `eval` no policy of ours allows.
 */
function withoutBallast() {
  return {
    name: "kg-without-ballast",
    transform(code: string, id: string) {
      if (!/@zazuko[\\/]yasgui[\\/].*\.js$/.test(id)) return undefined;
      const start = code.search(/\bprefixes_default\s*=\s*\{/);
      const evaluation = 'eval("(" + text + ")")';
      if (start < 0 || !code.includes(evaluation)) {
        throw new Error("@zazuko/yasgui has changed: see withoutBallast in vite.config.ts");
      }
      const open = code.indexOf("{", start);
      const cut = code.slice(0, open) + "{}" + code.slice(code.indexOf("}", open) + 1);
      return { code: cut.replace(evaluation, "undefined"), map: null };
    },
  };
}
