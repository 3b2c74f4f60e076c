/*
 * page_control.js -- the clock, the words below the picture, and everything that
 * can be done with it.
 */

/* --- words below the picture ---------------------------------------------- */

const spoken = make("div", { className: "spoken", "aria-live": "polite",
                             role: "status" });
const told = [make("p", { className: "now" }), make("p", {}),
              make("p", { className: "why" }), make("p", {})];
let lastSpoken = 0;

/* One run: what has just happened if somebody stepped, what is going on, and
 * the rule to notice; or what counts under the vertical line. */
function sentences() {
    const run = runs[0], t = Math.min(view.t, run.end);
    const step = view.stepped === view.t ? textOf(run.step.exactly(t)) : "";
    const now = textOf(run.now.value(t, -1));

    if (view.cursor >= 0)
        return [now, textOf(run.count.value(view.cursor, -1))
            .replace("{t}", preciseTime(view.cursor))];
    return step ? [step, now] : [now, textOf(run.rule.value(t, -1))];
}

const compareNow = data.compare && new Track(data.compare.now);

function comparison() {
    if (view.t >= clockEnd)
        return [data.compare.verdict + " " + data.compare.why, ""];
    return [textOf(compareNow.value(view.t, -1)), ""];
}

function tell() {
    const text = runs.length > 1 ? comparison() : sentences();
    const run = runs[0], person = run.people[view.selected];

    setText(told[0], text[0]);
    setText(told[1], text[1]);
    setText(told[2], view.why && person
        ? textOf(person.why.value(Math.min(view.t, run.end), -1)) : "");
    setText(told[3], measured());
    speak([...text, told[2].textContent, told[3].textContent].join(" "));
}

/* While a picture runs, not every sentence: nobody could listen. */
function speak(text) {
    const now = performance.now();

    if (view.playing && now - lastSpoken < 3000)
        return;
    if (spoken.textContent === text)
        return;
    spoken.textContent = text;
    lastSpoken = now;
}

/* --- the clock ------------------------------------------------------------ */

let frame = 0, before = 0;

function wake() {
    if (!frame)
        frame = requestAnimationFrame(draw);
}

function draw(now) {
    frame = 0;
    if (view.playing) {
        const passed = before ? now - before : 0;

        view.t = Math.min(clockEnd, view.t + passed * 1e6 * view.speed);
        if (view.t >= clockEnd)
            view.playing = false;
        if (view.scale)
            follow();
    }
    before = view.playing ? now : 0;
    if (!ink)
        readInk();
    for (const picture of pictures)
        picture.update();
    tell();
    updateControls();
    if (view.playing)
        wake();
}

function stale() {
    for (const picture of pictures)
        picture.timeline.stale();
    wake();
}

/* Keep the instant shown in the window. */
function follow() {
    if (view.t < view.left || view.t > view.left + view.scale * 0.9)
        moveWindow(view.t - view.scale / 2);
}

function moveWindow(left) {
    const most = Math.max(0, clockLength - view.scale);

    view.left = view.scale ? clamp(left, 0, most) : 0;
    stale();
}

/* --- what can be done ----------------------------------------------------- */

function seek(t) {
    view.t = clamp(t, 0, clockEnd);
    view.stepped = -1;
    if (view.cursor > view.t)
        view.cursor = view.t;
    if (view.scale)
        follow();
    wake();
}

function play(on) {
    if (view.asked)
        return;
    if (on && view.t >= clockEnd)
        view.t = 0;
    view.playing = on;
    view.stepped = -1;
    wake();
}

/* To the nearest instant of any run at which something changes. */
function step(direction) {
    let found = direction > 0 ? clockEnd : 0;

    for (const run of runs) {
        const at = run.stop.at, index = find(at, view.t, -1);

        if (direction > 0) {
            if (index + 1 < at.length)
                found = Math.min(found, at[index + 1]);
        } else {
            const last = index >= 0 && at[index] === view.t ? index - 1 : index;

            if (last >= 0)
                found = Math.max(found, at[last]);
        }
    }
    view.playing = false;
    seek(found);
    view.stepped = view.t;
}

function speed(direction) {
    const at = SPEEDS.indexOf(view.speed);

    view.speed = direction === 0
        ? 1 : SPEEDS[clamp(at + direction, 0, SPEEDS.length - 1)];
    wake();
}

function zoom(direction) {
    const scale = direction > 0 ? visible() / 2 : visible() * 2;

    if (scale < 1e4)
        return;
    view.scale = scale < clockLength ? scale : 0;
    moveWindow(view.t - scale / 2);
}

function moveLine(direction) {
    if (view.cursor < 0)
        view.cursor = view.t;
    else if (direction)
        view.cursor = clamp(view.cursor + direction * visible() / 100, 0,
                            view.t);
    else
        view.cursor = -1;
    wake();
}

function select(direction) {
    const count = runs[0].people.length;

    choose(clamp(view.selected < 0 && direction < 0
        ? count - 1 : view.selected + direction, 0, count - 1));
}

/* Select a person, whose row comes into sight. */
function choose(person) {
    view.selected = person;
    for (const { timeline } of pictures)
        timeline.people.show(person);
    stale();
    comeIntoSight(pictures[0].timeline.people.place(person));
}

/* Scroll the page so that what is there is not below the controls. */
function comeIntoSight({ top, bottom }) {
    const end = controls.parentElement.getBoundingClientRect().top;

    if (top < 0 || bottom > end)
        scrollBy(0, top < 0 ? top : bottom - end);
}

/* The first who waits, if nobody was chosen. */
function askWhy() {
    if (view.selected < 0)
        view.selected = Math.max(0, runs[0].looked.findIndex((person) =>
            ![RUNNING, DONE, ABSENT].includes(
                person.stay(Math.min(view.t, runs[0].end)).state)));
    view.why = !view.why;
    stale();
}

function toggleTheme() {
    setTheme(document.documentElement.dataset.theme === "dark"
        ? "light" : "dark");
    repaint();
}

function toggleBig() {
    document.documentElement.classList.toggle("big");
    repaint();
}

function repaint() {
    ink = null;
    forgetHeights();
    for (const picture of pictures)
        picture.scene.drawRoutes();
    stale();
}

function toggleRows() {
    view.byMachine = !view.byMachine;
    stale();
}

function togglePanes() {
    for (const picture of pictures)
        picture.side.hidden = !picture.side.hidden;
    forgetHeights();
    stale();
}

/* On the timeline a finger moves the picture, or the vertical line if it is
 * there. */
function listenToPointer(element) {
    const move = (event) => {
        const rect = element.getBoundingClientRect();
        const t = view.left + (event.clientX - rect.left) / rect.width *
            visible();

        if (view.asked)
            return;
        if (view.cursor >= 0) {
            view.cursor = clamp(t, 0, view.t);
            wake();
        } else {
            view.playing = false;
            seek(t);
        }
    };

    element.addEventListener("pointerdown", (event) => {
        element.setPointerCapture(event.pointerId);
        move(event);
    });
    element.addEventListener("pointermove", (event) => {
        if (element.hasPointerCapture(event.pointerId))
            move(event);
    });
}

/* --- controls ------------------------------------------------------------- */

const button = (sign, word, act) => make("button", {
    type: "button", title: word, "aria-label": word, onclick: act }, sign);

const playButton = button("▶", words.play, () => play(!view.playing));
const speedText = make("output", { "aria-label": words.speed });
const clock = make("span", { className: "clock" });
const scrubber = make("input", { type: "range", min: 0, max: clockEnd,
    step: "any", value: 0, "aria-label": words.instant });
const help = makeDialog(words.help, data.keys.map(([key, meaning]) =>
    [make("kbd", {}, key), meaning]));
const numbers = makeDialog(words.numbers, numberRows());
const answer = make("div", { className: "answer" });

scrubber.addEventListener("input", () => {
    view.playing = false;
    seek(Number(scrubber.value));
});

function updateControls() {
    const unit = unitFor(visible()), t = time(view.t, unit);
    const word = view.t >= clockEnd ? words.ended
        : view.playing ? words.running : words.paused;

    setText(clock, word + "  t=" + t);
    setText(speedText, view.speed + "x");
    setText(playButton, view.playing ? "⏸︎" : "▶︎");
    const label = view.playing ? words.pause : words.play;

    if (playButton.title !== label) {
        playButton.title = label;
        playButton.setAttribute("aria-label", label);
    }
    updateScrubber(t);
    showAnswer();
}

/* While the picture runs, no oftener than can be seen. */
let scrubbed = 0;

function updateScrubber(text) {
    const now = performance.now();

    if (view.playing && now - scrubbed < 100)
        return;
    scrubbed = now;
    scrubber.value = view.t;
    if (scrubber.getAttribute("aria-valuetext") !== text)
        scrubber.setAttribute("aria-valuetext", text);
}

const controls = make("div", { className: "controls" },
    make("div", { className: "buttons" },
        button("|◀", words.start, () => { view.playing = false; seek(0); }),
        button("◀|", words.back1, () => step(-1)),
        playButton,
        button("|▶", words.step1, () => step(1)),
        button("▶|", words.end, () => { view.playing = false; seek(clockEnd); }),
        button("−", words.slower, () => speed(-1)), speedText,
        button("+", words.faster, () => speed(1))),
    clock, scrubber);

const tools = make("div", { className: "buttons tools" },
        button("┆", words.count, () => moveLine(0)),
        button("↔", words.mark, mark),
        button("⌕", words.findWhat, openFinder),
        button("⊕", words.zoomIn, () => zoom(1)),
        button("⊖", words.zoomOut, () => zoom(-1)),
        button("▤", words.panes, togglePanes),
        button("Σ", words.numbers, () => numbers.showModal()),
        button("◐", words.theme, toggleTheme),
        button("A", words.big, toggleBig),
        button("?", words.help, () => help.showModal()));

/* A table over the page: a head and some cells in each row. */
function makeDialog(name, rows) {
    const dialog = make("dialog", { "aria-label": name },
        make("button", { type: "button", onclick: () => dialog.close() },
             words.close),
        make("table", {}, make("tbody", {}, ...rows.map(([head, ...cells]) =>
            make("tr", {}, make("th", { scope: "row" }, head),
                 ...cells.map((cell) => make("td", {}, cell)))))));

    return dialog;
}

/* A name, its value in each run, what it means. */
function numberRows() {
    return runs[0].numbers.map(([name, value, meaning, sum]) => {
        const others = runs.slice(1).map((run) =>
            (run.numbers.find((one) => one[0] === name) || ["", "-"])[1]);

        return [name, value, ...others,
                meaning + (sum && runs.length === 1 ? " = " + sum : "")];
    });
}
