/*
 * viewers_test.mjs -- the tools that people already have open what we write for
 * them, and have nothing to say about it: speedscope what is written as
 * chrome and speedscope, asciinema-player what is written as cast.
 *
 *     NODE_PATH=.../node_modules node tests/web/viewers_test.mjs ./concviz
 *
 * The modules speedscope and asciinema-player are needed besides those of
 * browser.mjs. What must not be accepted is tried, too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { browser, check, finish, folder, must, need, write }
    from "./browser.mjs";

const speedscope = join(dirname(need("speedscope/package.json")),
                        "dist/release/index.html");
const bundle = join(dirname(need("asciinema-player/package.json")),
                    "dist/bundle/asciinema-player");
const runs = [
    ["cafeteria", "--mode", "parallel"], ["async-sum", "--mode", "coroutine"],
    ["lost-update", "--mode", "threads"], ["bounded-buffer", "--mode", "hybrid"],
    ["rate-monotonic", "--mode", "threads", "--policy", "rm"],
    ["cafeteria", "--modes", "coroutine,parallel"],
];

/* --- speedscope ------------------------------------------------------------ */

/* What a file looks like there, its list of profiles, and all that is complained
 * of. (A name that ends in .chrome.json would mean another of Chrome's
 * formats.) */
async function look(path) {
    const page = await browser.newPage(), complaints = [];
    const name = path.split("/").pop(), script = path + ".js";
    const bytes = readFileSync(path).toString("base64");

    page.on("console", (message) => {
        if (!/^\[\.WebGL|^WebGL|^speedscope v|^Importing as|^import:/.test(
            message.text()))
            complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
        complaints.push(dialog.message());
        dialog.dismiss();
    });
    writeFileSync(script, `speedscope.loadFileFromBase64(${
        JSON.stringify(name)}, "${bytes}")`);
    await page.goto(`file://${speedscope}#localProfilePath=${script}`);
    await page.waitForFunction(
        () => /Time Order|Something went wrong|Unrecognized/.test(
            document.body.innerText) || window.stopped,
        { timeout: 20000 }).catch(() => complaints.push("shows nothing"));
    const text = await page.evaluate(() => document.body.innerText);
    const title = await page.title();
    if (/Something went wrong/.test(text))
        complaints.push(text);
    await page.keyboard.press("t"); /* its list of profiles */
    await page.evaluate(() => new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(done))));
    const listed = await page.evaluate(() => document.body.innerText);
    await page.close();
    return { lanes: listed.match(/^\d+\t[^\t]*/gm) || [], title, complaints };
}

/* The names of all tasks and machines in a file. */
function lanes(path) {
    const file = JSON.parse(readFileSync(path, "utf8"));

    return file.profiles ? file.profiles.map((profile) => profile.name)
        : file.traceEvents.filter((event) => event.name === "thread_name")
            .map((event) => event.args.name);
}

for (const run of runs)
    for (const to of ["chrome", "speedscope"])
        await check(`speedscope shows ${run.join(" ")} (${to})`, async () => {
            const path = write(`${to}-${run[0]}.json`, "export", ...run,
                               "--model", "--to", to);
            const seen = await look(path);

            must(!seen.complaints.length, seen.complaints.join("; "));
            must(seen.title.includes(" - speedscope"), seen.title);
            must(lanes(path).every((lane, i) => seen.lanes[i]?.includes(lane)),
                 lanes(path) + " shown as " + seen.lanes);
        });

/* The same file with one thing wrong. */
async function spoilt(to, from, into) {
    const path = write(`spoilt-${to}.json`, "export", "cafeteria",
                       "--model", "--to", to);
    const text = readFileSync(path, "utf8");

    must(text.replace(from, into) !== text, "nothing is wrong with it");
    writeFileSync(path, text.replace(from, into));
    return (await look(path)).complaints;
}

await check("speedscope complains of an end under another name", async () => {
    const complaints = await spoilt("chrome", /("ph":"E",.*?"name":")running/,
                                    "$1walking");

    must(/Tried to end|still open/.test(complaints.join()), complaints);
});
await check("speedscope complains of time that goes back", async () => {
    const complaints = await spoilt("speedscope", /"at":8000000000/, '"at":1');

    must(/increasing order/.test(complaints.join()), complaints);
});

/* --- asciinema-player ------------------------------------------------------ */

/* The last frame of a recording there, and how long it takes. */
async function play(path) {
    const page = await browser.newPage(), complaints = [];
    const data = readFileSync(path, "utf8");

    page.on("console", (message) => {
        if (["error", "warn"].includes(message.type()))
            complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.setContent("<!doctype html><div id=\"player\"></div>");
    await page.addStyleTag({ path: bundle + ".css" });
    await page.addScriptTag({ path: bundle + ".min.js" });
    const seconds = await page.evaluate(async (text) => {
        const player = AsciinemaPlayer.create(
            { data: text }, document.getElementById("player"),
            { terminalLineHeight: 1.33 });

        window.player = player;
        await player.play();
        await player.pause();
        const seconds = await player.getDuration();
        await player.seek(seconds);
        return seconds;
    }, data).catch((error) => complaints.push(error.message));
    if (!complaints.length)
        await page.waitForFunction(
            () => /ENDED|끝/.test(
                document.querySelector(".ap-term")?.innerText || ""),
            { timeout: 5000 }).catch(() => complaints.push("never ends"));
    const error = await page.$(".ap-overlay-error");
    const text = await page.$eval(".ap-term", (term) => term.innerText)
        .catch(() => "");
    if (error)
        complaints.push("it shows an error");
    await page.close();
    return { text, seconds, complaints };
}

for (const version of ["2", "3"])
    for (const lang of ["en", "ko"])
        await check(`asciinema-player plays version ${version} (${lang})`,
                    async () => {
            const path = write("run.cast", "export", "cafeteria", "--model",
                               "--to", "cast", "--cast", version,
                               "--lang", lang);
            const seen = await play(path);

            must(!seen.complaints.length, seen.complaints.join("; "));
            must(Math.abs(seen.seconds - 8) < 0.001, seen.seconds);
            must(seen.text.includes("8.0s"), seen.text);
        });

await check("asciinema-player refuses what is cut off", async () => {
    const path = write("cut.cast", "export", "cafeteria", "--model", "--to",
                       "cast");
    const text = readFileSync(path, "utf8");

    writeFileSync(path, text.slice(0, text.length - 20));
    must((await play(path)).complaints.length > 0, "it did not");
});

await finish();
