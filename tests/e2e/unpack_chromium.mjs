// Unpacks the browser of the npm package into TMPDIR and prints where its program is.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { default: chromium } = await import(pathToFileURL(require.resolve("@sparticuz/chromium")).href);
console.log(await chromium.executablePath());
