// Copies the editor to where the server has its static files: node build.mjs [folder]
//
// The library comes bundled. One thing in it is changed: it underlines what its tooltip expects by an inline style,
// which the Content-Security-Policy of the site forbids. If a new version has that no longer, this stops and says so.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const library = join(here, "node_modules/@zazuko/yasqe/build");
const folder = process.argv[2] ?? join(here, "../src/si_lod/serve/static/editor");
const inline = "<strong style='text-decoration:underline'>";

const script = readFileSync(join(library, "yasqe.min.js"), "utf8");
if (script.split(inline).length !== 2) throw new Error(`expected ${inline} once in yasqe.min.js`);
mkdirSync(folder, { recursive: true });
const { name, version, license, homepage } = JSON.parse(readFileSync(join(library, "../package.json"), "utf8"));
const notice = `/*! ${name} ${version}, ${license} licence, by Triply and Zazuko: ${homepage} */\n`;
const plain = script.replace(inline, "<strong>").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
writeFileSync(join(folder, "yasqe.js"), notice + plain);
writeFileSync(join(folder, "yasqe.css"), notice + readFileSync(join(library, "yasqe.min.css"), "utf8"));
