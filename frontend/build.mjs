// Builds frontend/dist: two style sheets, two scripts, the map in a chunk of its own, fonts and icons.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import * as esbuild from "esbuild";
import * as sass from "sass";

const DIST = "dist";
const TARGET = ["chrome87", "firefox90", "safari14"]; // phones of about 2020

rmSync(DIST, { recursive: true, force: true });
mkdirSync(`${DIST}/fonts/papers`, { recursive: true });

await Promise.all([scripts(), mapWorker()]);
for (const name of ["public", "desk", "map"]) styles(name);
fonts();
cpSync("src/icons", `${DIST}/icons`, { recursive: true });

function bundle(options) {
  return esbuild.build({
    bundle: true,
    minify: true,
    target: TARGET,
    outdir: DIST,
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
}

async function scripts() {
  // Public pages get one small classic script: it must run before the page shows.
  await bundle({ entryPoints: { public: "src/scripts/exit.js" }, format: "iife" });
  await bundle({
    entryPoints: { desk: "src/scripts/desk.js" },
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    target: "es2022",
  });
}

// MapLibre starts its worker from an address; a file of its own needs no `blob:` in the security policy.
function mapWorker() {
  return bundle({
    entryPoints: { "chunks/map-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs" },
    format: "esm",
    target: "es2022",
  });
}

function styles(name) {
  const sheet = sass.compile(`src/styles/${name}.scss`, {
    style: "compressed",
    loadPaths: ["node_modules"],
    quietDeps: true,
  });
  const small = esbuild.transformSync(sheet.css, { loader: "css", minify: true, target: TARGET });
  writeFileSync(`${DIST}/${name}.css`, small.code);
}

function fonts() {
  const web = "node_modules/@fontsource/be-vietnam-pro/files";
  for (const subset of ["latin", "latin-ext", "vietnamese"])
    for (const weight of [400, 700])
      cpSync(`${web}/be-vietnam-pro-${subset}-${weight}-normal.woff2`, `${DIST}/fonts/be-vietnam-${subset}-${weight}.woff2`);
  // Official papers are set in Tinos: the measures of Times New Roman, with every Vietnamese letter.
  const papers = "node_modules/@expo-google-fonts/tinos";
  for (const style of readdirSync(papers).filter((name) => /^\d/.test(name)))
    cpSync(`${papers}/${style}/Tinos_${style}.ttf`, `${DIST}/fonts/papers/Tinos_${style}.ttf`);
}
