/*
 * browser.mjs -- a headless Chromium to look at what we write, and TAP lines to
 * say what was seen.
 *
 * It needs a Chromium (or the one $CHROMIUM names), and the modules
 * puppeteer-core and axe-core in $NODE_PATH: `npm install puppeteer-core
 * axe-core` in a folder of its own is enough. Where one of them is not, nothing
 * is tested and one line says so.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const folders = (process.env.NODE_PATH || "").split(delimiter)
    .concat(resolve("node_modules")).filter(Boolean);

function skip(reason) {
    console.log("1..0 # SKIP " + reason);
    process.exit(77);
}

/* A module from one of these folders. */
export function need(name) {
    for (const folder of folders)
        try {
            return createRequire(join(folder, "x.js")).resolve(
                join(folder, name));
        } catch {
            continue;
        }
    return skip("there is no module " + name + " in NODE_PATH");
}

const chromium = [process.env.CHROMIUM, "/usr/bin/chromium",
                  "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .find((path) => path && existsSync(path)) ||
    skip("there is no Chromium");
const puppeteer = createRequire(import.meta.url)(need("puppeteer-core"));

export const axe = readFileSync(need("axe-core"), "utf8");
export const folder = mkdtempSync(join(tmpdir(), "concviz-web-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
export const browser = await puppeteer.launch({
    executablePath: chromium, headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader",
           "--enable-unsafe-swiftshader"] }); /* speedscope needs WebGL */

/* What concviz writes with these arguments, as a file; its name. */
export function write(name, ...args) {
    const path = join(folder, name);

    execFileSync(resolve(process.argv[2] || "./concviz"),
                 [...args, "-o", path], { stdio: "inherit" });
    return path;
}

let count = 0, failed = 0;

/* One thing that has to be so. */
export async function check(name, test) {
    count++;
    try {
        await test();
        console.log(`ok ${count} - ${name}`);
    } catch (error) {
        failed++;
        console.log(`not ok ${count} - ${name}`);
        console.log("# " + String(error.stack || error)
            .replaceAll("\n", "\n# "));
    }
}

export function must(fact, what) {
    if (!fact)
        throw new Error(what);
}

export async function finish() {
    await browser.close();
    console.log("1.." + count);
    process.exit(failed ? 1 : 0);
}
