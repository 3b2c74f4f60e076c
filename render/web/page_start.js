/*
 * page_start.js -- the question before the run, the keys, and everything put on
 * the page.
 */

/* --- the question before the run ------------------------------------------ */

const guess = make("textarea", { id: "guess", rows: 2 });
const asking = make("section", { className: "ask" },
    make("h2", {}, data.question || ""),
    make("label", { htmlFor: "guess" }, words.prediction), guess,
    make("button", { type: "button", onclick: () => {
        view.asked = false;
        asking.hidden = true;
        document.body.classList.remove("asked");
        controls.inert = false;
        playButton.focus();
        play(true);
    } }, words.show));

/* At the end: what was said beside what there was. */
function showAnswer() {
    const wanted = data.question !== undefined && !view.asked &&
        view.t >= clockEnd;

    if (answer.hidden !== wanted)
        return;
    answer.hidden = !wanted;
    if (!wanted)
        return;
    answer.replaceChildren(make("dl", {},
        make("dt", {}, data.question), make("dd", {}),
        make("dt", {}, words.predicted), make("dd", {}, guess.value || "-"),
        make("dt", {}, words.happened), make("dd", {}, whatHappened())));
}

function whatHappened() {
    if (runs.length > 1)
        return data.compare.verdict + " " + data.compare.why;
    const run = runs[0];
    const order = run.looked.filter((person) =>
        person.stay(run.end).state === DONE)
        .sort((a, b) => a.stay(run.end).from - b.stay(run.end).from)
        .map((person) => person.name);

    return textOf(run.now.value(run.end, -1)) +
        (order.length > 1 && order.length <= 32
            ? " " + fill(words.order, order.join(", ")) : "") +
        ` ${words.inProgress}: ${words.most} ${run.mostInProgress}.` +
        ` ${words.working}: ${words.most} ${run.mostWorking}.`;
}

/* --- keys: those of the live screen --------------------------------------- */

const KEYS = {
    " ": () => play(!view.playing), "Enter": () => play(true),
    "ArrowRight": () => step(1), "l": () => step(1), ".": () => step(1),
    "PageDown": () => step(1),
    "ArrowLeft": () => step(-1), "h": () => step(-1), ",": () => step(-1),
    "PageUp": () => step(-1),
    ")": () => seek(view.t + visible() / 20),
    "(": () => seek(view.t - visible() / 20),
    "v": () => moveLine(0),
    "Shift+ArrowRight": () => moveLine(1), "Shift+ArrowLeft": () => moveLine(-1),
    "g": () => { view.playing = false; seek(0); },
    "Home": () => { view.playing = false; seek(0); },
    "G": () => seek(clockEnd), "End": () => seek(clockEnd),
    "+": () => speed(1), "=": () => speed(1), ">": () => speed(1),
    "-": () => speed(-1), "<": () => speed(-1), "_": () => speed(-1),
    "0": () => speed(0),
    "]": () => zoom(1), "[": () => zoom(-1),
    "ArrowUp": () => select(-1), "k": () => select(-1),
    "ArrowDown": () => select(1), "j": () => select(1),
    "w": askWhy, "m": toggleRows, "i": togglePanes, "t": toggleTheme,
    "b": toggleBig, "?": () => help.showModal(),
    "n": () => numbers.showModal(),
    "a": mark, "/": openFinder, ";": () => findAgain(1),
    ":": () => findAgain(-1), "Escape": closeFinder,
};

/* A letter of another alphabet stands for the one its key has in Latin. */
function keyOf(event) {
    if (event.key.startsWith("Arrow") && event.shiftKey)
        return "Shift+" + event.key;
    if (event.key.length === 1 && event.key > "~" &&
        /^Key[A-Z]$/.test(event.code))
        return event.shiftKey ? event.code[3] : event.code[3].toLowerCase();
    return event.key;
}

document.addEventListener("keydown", (event) => {
    const act = KEYS[keyOf(event)], at = event.target;
    const pressed = event.key === " " || event.key === "Enter";
    const typing = at.tagName === "TEXTAREA" ||
        (at === wanted && event.key !== "Escape");

    if (!act || event.ctrlKey || event.altKey || event.metaKey ||
        help.open || numbers.open || view.asked || typing ||
        (pressed && at.tagName === "BUTTON"))
        return;
    event.preventDefault();
    act();
});

/* --- the page ------------------------------------------------------------- */

const dark = matchMedia("(prefers-color-scheme: dark)");

function followSystem() {
    setTheme(dark.matches ? "dark" : "light");
}

followSystem();
const pictures = runs.map((run, i) => new Picture(run, i));

document.getElementById("needs").remove();
document.body.append(
    make("main", { className: runs.length > 1 ? "two" : "one" },
        make("div", { className: "title" }, runs.length > 1
            ? make("h1", {}, words.compare + "  ",
                   make("i", {}, runs[0].workload))
            : pictures[0].header, tools),
        ...(view.asked ? [asking] : []),
        ...pictures.map((picture) => picture.element)),
    make("footer", {}, answer, make("div", { className: "told" }, ...told),
         spoken, finder, controls),
    help, numbers);
answer.hidden = true;
if (view.asked) {
    document.body.classList.add("asked");
    controls.inert = true;
}
if (runs.length > 1)
    togglePanes();
dark.addEventListener("change", () => { followSystem(); repaint(); });
addEventListener("resize", () => { forgetHeights(); stale(); });
wake();
