/*
 * page_test.mjs -- the page of a run as people use it: with keys, with a finger,
 * on a phone and on a projector, dark and light, in both languages.
 *
 *     NODE_PATH=.../node_modules node tests/web/page_test.mjs ./concviz
 *
 * With $SHOTS it leaves a picture of every state there. Times are printed, not
 * judged: a busy machine is no fault of the page.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { axe, browser, check, finish, folder, must, write } from "./browser.mjs";

const PHONE = { width: 360, height: 640, hasTouch: true, isMobile: true };
const HALL = { width: 1920, height: 1080 };
const NARROW = { width: 320, height: 568, hasTouch: true, isMobile: true };

const model = ["--model", "--to", "html"];
const pages = {
    one: write("one.html", "export", "--mode", "parallel", ...model),
    two: write("two.html", "export", "--modes", "coroutine,parallel", ...model),
    race: write("race.html", "export", "lost-update", "--mode", "threads",
                ...model),
    ask: write("ask.html", "export", "--mode", "parallel", ...model,
               "--question", "Who is done first?"),
    ko: write("ko.html", "export", "--mode", "coroutine", "--lang", "ko",
              ...model),
};

/* A page that says nothing on its console and asks nobody for anything. */
async function open(path, size, scheme = "light", motion = "no-preference") {
    const page = await browser.newPage();

    page.complaints = [];
    page.on("console", (message) => page.complaints.push(message.text()));
    page.on("pageerror", (error) => page.complaints.push(error.message));
    page.on("request", (request) => {
        if (!request.url().startsWith("file://" + folder))
            page.complaints.push("asks for " + request.url());
    });
    await page.setViewport(size);
    await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: scheme },
        { name: "prefers-reduced-motion", value: motion }]);
    await page.goto("file://" + path);
    await page.waitForSelector(".machine .word");
    return page;
}

async function close(page) {
    const complaints = page.complaints;

    await page.close();
    must(complaints.length === 0, complaints.join("; "));
}

const text = (page, selector) =>
    page.$eval(selector, (element) => element.textContent);
const instant = (page) => page.$eval("input[type=range]",
                                     (element) => Number(element.value));
const until = (page, what, ...gaps) =>
    page.waitForFunction(what, { timeout: 20000 }, ...gaps);
const frame = (page) => page.evaluate(() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done))));

async function press(page, ...keys) {
    for (const key of keys)
        await page.keyboard.press(key);
    await frame(page);
}

async function shoot(page, name) {
    if (process.env.SHOTS)
        await page.screenshot({ path: join(process.env.SHOTS, name + ".png") });
}

/* No wider than the screen: a page is never scrolled sideways. */
async function fits(page) {
    const [wide, screen] = await page.evaluate(() =>
        [document.documentElement.scrollWidth, innerWidth]);

    must(wide <= screen, `${wide} px wide on a screen of ${screen}`);
}

/* axe-core: nothing serious, nothing critical. */
async function audit(page) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run());
    const bad = found.violations.filter((one) =>
        ["serious", "critical"].includes(one.impact));

    must(bad.length === 0, bad.map((one) => one.id + ": " +
        one.nodes[0].html).join("; "));
}

/* --- keys ----------------------------------------------------------------- */

for (const [name, size] of Object.entries({ phone: PHONE, hall: HALL }))
    await check("keys of the live screen: " + name, async () => {
        const page = await open(pages.one, size);

        await press(page, "ArrowRight");
        must(await instant(page) > 0, "a step goes on");
        must((await text(page, ".told .now")).length > 0, "and is told");
        await press(page, "Home");
        must(await instant(page) === 0, "Home is the start");
        await press(page, "Space");
        await until(page, () =>
            document.querySelector("input[type=range]").value > 1e8);
        await press(page, "Space");
        const stopped = await instant(page);

        await frame(page);
        must(await instant(page) === stopped, "Space stops it");
        await press(page, "v");
        must((await page.$$eval(".tally", (all) => all.map((one) =>
            one.textContent).join(""))).length > 0, "the line counts");
        await shoot(page, name + "-counting");
        await press(page, "v", "]", "]", "[", "j", "w", "m");
        await frame(page);
        await shoot(page, name + "-machines");
        await press(page, "m", "i", "i", "+", "+", "-", "0", "b");
        await fits(page);
        await shoot(page, name + "-big");
        await press(page, "b", "End");
        must(/5.*2/s.test(await page.$$eval(".most", (all) =>
            all.map((one) => one.textContent).join(" "))), "the peaks");
        await press(page, "?");
        must(await page.$("dialog[open]"), "help opens");
        await press(page, "Escape");
        must(!await page.$("dialog[open]"), "and closes");
        await press(page, "n");
        must((await text(page, "dialog[open]")).includes("4100"), "numbers");
        await fits(page);
        await shoot(page, name + "-numbers");
        await press(page, "Escape");
        await shoot(page, name + "-end");
        await close(page);
    });

await check("a Korean keyboard's letters are the same keys", async () => {
    const page = await open(pages.ko, HALL);

    await page.evaluate(() => document.dispatchEvent(new KeyboardEvent(
        "keydown", { key: "ㅣ", code: "KeyL" })));
    await frame(page);
    must(await instant(page) > 0, "ㅣ is l");
    await close(page);
});

await check("a person or a state is found, and marks measure", async () => {
    const page = await open(pages.race, HALL);
    const found = () => text(page, ".find output");

    await press(page, "/");
    await page.keyboard.type("b");
    await press(page, "Enter");
    must(await text(page, ".selected .chip") === "B", "the person B");
    await press(page, "/");
    await page.keyboard.type("done");
    await press(page, "Enter");
    must(/: done, at /.test(await found()), await found());
    const first = await instant(page);

    await press(page, ";");
    must(await instant(page) > first, "the next one");
    await press(page, ":");
    must(await instant(page) === first, "and the one before");
    await press(page, ":");
    must((await found()).startsWith("before this"), await found());
    await press(page, "a", "g", "a");
    must(/BETWEEN.*: running /.test(await text(page, ".told")), "measured");
    await fits(page);
    await audit(page);
    await shoot(page, "found");
    await press(page, "a", "Escape");
    must(!(await text(page, ".told")).includes("BETWEEN"), "no marks");
    must(await page.$(".find[hidden]"), "closed");
    await press(page, "/");
    await page.$eval(".find input", (input) => input.value = "<b>nobody");
    await press(page, "Enter");
    must((await found()).includes("<b>nobody"), "who is not there");
    await close(page);
});

await check("of a crowd the one who is found is in sight", async () => {
    const work = join(folder, "crowd.work");

    writeFileSync(work, "task P[1500]: cpu 1\n");
    const page = await open(write("crowd.html", "export", work, ...model),
                            PHONE);

    await page.tap(".tools button:nth-child(3)");
    await page.keyboard.type("[1200]");
    await page.tap(".find button:nth-of-type(2)");
    await frame(page);
    const [top, bottom, end] = await page.evaluate(() => {
        const rect = document.querySelector(".selected")
            .getBoundingClientRect();

        return [rect.top, rect.bottom, document.querySelector("footer")
            .getBoundingClientRect().top];
    });

    must(top >= 0 && bottom <= end + 1, `${top} to ${bottom} of ${end}`);
    await fits(page);
    await shoot(page, "phone-crowd");
    await close(page);
});

/* --- fingers -------------------------------------------------------------- */

await check("a finger plays, steps and scrubs", async () => {
    const page = await open(pages.one, PHONE);
    const buttons = await page.$$(".controls button");

    await buttons[3].tap();
    await frame(page);
    must(await instant(page) > 0, "a tap is a step");
    await buttons[2].tap();
    await until(page, () =>
        document.querySelector("input[type=range]").value > 9e8);
    await buttons[2].tap();
    await page.$eval(".axis", (axis) => axis.scrollIntoView(
        { block: "center" }));
    const rect = await page.$eval(".axis", (axis) => {
        const { x, y, width, height } = axis.getBoundingClientRect();

        return { x, y, width, height };
    });

    await page.touchscreen.tap(rect.x + rect.width / 2,
                               rect.y + rect.height / 2);
    await frame(page);
    const end = await page.$eval("input[type=range]", (one) => Number(one.max));

    must(Math.abs(await instant(page) / end - 0.5) < 0.05,
         "a tap on the time goes there");
    await shoot(page, "phone-scrubbed");
    await close(page);
});

await check("from 320 px on nothing is cut off at the side", async () => {
    for (const path of Object.values(pages)) {
        const page = await open(path, NARROW);

        await press(page, "ArrowRight", "ArrowRight", "End");
        await fits(page);
        await close(page);
    }
});

/* --- how it looks --------------------------------------------------------- */

for (const scheme of ["light", "dark"])
    for (const [name, path] of Object.entries(pages))
        await check(`axe has nothing serious to say: ${name}, ${scheme}`,
                    async () => {
            const page = await open(path, name === "two" ? HALL : PHONE,
                                    scheme);

            await audit(page);
            await press(page, "ArrowRight", "ArrowRight", "ArrowRight");
            await audit(page);
            await shoot(page, `${name}-${scheme}`);
            await press(page, "t", "End");
            await audit(page);
            await close(page);
        });

await check("who wants less motion sees no trails", async () => {
    for (const [motion, some] of [["no-preference", true], ["reduce", false]]) {
        const page = await open(pages.one, HALL, "light", motion);

        await page.evaluate(() => {
            window.trails = 0;
            new MutationObserver(() => window.trails +=
                document.querySelectorAll(".trail").length)
                .observe(document.querySelector(".routes"),
                         { childList: true });
        });
        await press(page, "Space");
        await until(page, () =>
            document.querySelector("input[type=range]").value > 12e8);
        must((await page.evaluate(() => window.trails)) > 0 === some, motion);
        await close(page);
    }
});

await check("what is spoken is what is seen", async () => {
    const page = await open(pages.race, HALL);

    await press(page, "ArrowRight", "ArrowRight");
    must((await text(page, "[aria-live]")).includes(
        await text(page, ".told .now")), "in the live region");
    must((await text(page, ".values")).includes("n"), "values");
    must(await page.$(".program mark"), "the latest step");
    await close(page);
});

/* --- a question ----------------------------------------------------------- */

await check("a question waits for an answer and shows it at the end",
            async () => {
    const page = await open(pages.ask, PHONE);

    await press(page, "ArrowRight", "Space", "End");
    must(await instant(page) === 0, "no key goes on");
    await page.type("textarea", "B, I think");
    await shoot(page, "asked");
    await page.click(".ask button");
    await until(page, () =>
        document.querySelector("input[type=range]").value > 0);
    await press(page, "End");
    const answer = await text(page, ".answer");

    must(answer.includes("B, I think") && answer.includes("4.1s"), answer);
    await shoot(page, "answered");
    await audit(page);
    await close(page);
});

await check("two runs are on one clock", async () => {
    const page = await open(pages.two, HALL);

    must((await page.$$(".run")).length === 2, "two");
    await press(page, "End");
    must((await text(page, ".told .now")).includes("1.95"), "the verdict");
    await shoot(page, "compared");
    await press(page, "a", "j", "g", "a");
    must(/COROUTINES, A: .*PARALLEL, A: /.test(await text(page, ".told")),
         "measured in both");
    await close(page);
});

await check("runs of one mode are told apart by what else they are called",
            async () => {
    const page = await open(write("with.html", "export", "juice", ...model,
        "--with", "threads --slice 5", "--with", "threads --slice 50"), HALL);

    must((await page.$$eval("h2", (all) => all.map((one) => one.textContent)
        .join("|"))) === "threads --slice 5|threads --slice 50", "titles");
    must((await text(page, ".told .now")).startsWith("threads --slice 5: "),
         "as the sentence says");
    await fits(page);
    await close(page);
});

/* --- how fast ------------------------------------------------------------- */

/* Milliseconds between frames while act goes on, the middle one and one of
 * twenty; each as long as what a frame of ours costs. */
async function measure(page, name) {
    const times = await page.evaluate(() => new Promise((done) => {
        const times = [];
        let before = 0;

        const tick = (now) => {
            if (before)
                times.push(now - before);
            before = now;
            if (times.length < 240)
                requestAnimationFrame(tick);
            else
                done(times);
        };

        requestAnimationFrame(tick);
    }));

    times.sort((a, b) => a - b);
    const mean = times.reduce((sum, one) => sum + one, 0) / times.length;

    console.log(`# ${name}: ${(1000 / mean).toFixed(1)} frames/s, ` +
        `half within ${times[120].toFixed(1)} ms, ` +
        `19 of 20 within ${times[228].toFixed(1)} ms`);
}

async function opening(path, name) {
    const begun = Date.now(), page = await open(path, HALL);

    await frame(page);
    const opened = Date.now() - begun;
    const paint = await until(page, () =>
        performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    const inside = await paint.jsonValue();

    console.log(`# ${name}: opened in ${opened} ms, ` +
        `painted after ${Math.round(inside)} ms`);
    return page;
}

await check("cafeteria is fluid", async () => {
    const page = await opening(pages.one, "cafeteria");

    await press(page, "Space");
    await measure(page, "cafeteria, played");
    await close(page);
});

await check("a hundred thousand events are fluid", async () => {
    const work = join(folder, "many.work");

    writeFileSync(work, "machines 4\ntask A[20]: repeat 700 " +
        "(cpu 1, sleep 1, cpu 1)\n");
    const page = await opening(write("many.html", "export", work, "--mode",
        "parallel", ...model), "100,000 events");

    await press(page, "Space");
    await measure(page, "100,000 events, played");
    await press(page, "Space", "]", "]", "]", "Space");
    await measure(page, "the same, an eighth of it in the window");
    await press(page, "End");
    await shoot(page, "many");
    await close(page);
});

await finish();
