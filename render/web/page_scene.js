/*
 * page_scene.js -- who stands where at an instant: lines, machines, those who
 * are away, and both meters.
 */

/* --- the view ------------------------------------------------------------- */

const SPEEDS = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128];

const view = {
    t: 0,
    stepped: -1,   /* the instant somebody stepped to */
    playing: false,
    speed: 1,
    cursor: -1,    /* the vertical line */
    marks: [],     /* no instant, one, or two: a stretch to be measured */
    left: 0,
    scale: 0,      /* 0: all of it */
    selected: -1,
    byMachine: false,
    why: false,
    asked: data.question !== undefined, /* and not yet answered */
    still: matchMedia("(prefers-reduced-motion: reduce)"),
};

const visible = () => view.scale || clockLength;

/* --- chips ---------------------------------------------------------------- */

function chip(person) {
    return make("span", { className: "chip c" + person.colour,
                          title: person.name }, person.name);
}

/* Signs of states are the terminal's. */
const SIGNS = { [RUNNING]: "█", [LINE]: "·", [AWAITING]: "░", [BLOCKED]: "!",
                [HELD]: "▒", [STOLEN]: "/", [DONE]: "✓", [SWITCHING]: "x",
                [ABSENT]: " " };

/* A place whose content is only made anew when its key is another one. */
class Place {
    constructor(element, write) {
        this.element = element;
        this.write = write;
        this.key = null;
    }

    set(key, ...rest) {
        if (key === this.key)
            return false;
        this.key = key;
        this.element.replaceChildren(...this.write(...rest));
        return true;
    }
}

/* People shown in one place; of more, how many there are. */
const FEW = 10;

/* A place for people stays as high as it was with most of them: what is below
 * does not jump when they come and go, and no route has to be drawn again. */
const heights = new Map();
const keeper = new ResizeObserver((entries) => {
    for (const { target, borderBoxSize: [{ blockSize }] } of entries)
        if (blockSize > (heights.get(target) || 0)) {
            heights.set(target, blockSize);
            target.style.minHeight = blockSize + "px";
        }
});

/* Where the page has got another width, or other letters. */
function forgetHeights() {
    for (const element of heights.keys())
        element.style.minHeight = "";
    heights.clear();
}

/* --- the scene: lines, machines, those who are away ----------------------- */

class Scene {
    constructor(run) {
        this.run = run;
        this.lineBoxes = run.lineOrder.map((line) => this.makeLine(line));
        this.machineBoxes = run.machineOrder.map(
            (machine) => this.makeMachine(machine));
        this.away = new Place(make("ul", { className: "people" }),
                              (stays) => this.writeAway(stays));
        this.awayBox = make("div", { className: "away box" },
            make("h3", {}, words.away), this.away.element);
        this.done = new Place(make("span", { className: "row" }),
                              (people) => people.length ? people.map(chip)
                                                        : ["-"]);
        this.svg = makeShape("svg", { "aria-hidden": "true",
                                      class: "routes" });
        this.back = make("div", { className: "back" },
                         make("span", {}, words.back));
        this.lines = make("div", { className: "lines" },
            ...this.lineBoxes.map((box) => box.element));
        this.crowded = run.hall.length > 12;
        this.hall = make("div", { className: "machines" +
            (run.hall.length > 3 ? " many" : "") +
            (this.crowded ? " crowded" : "") },
            ...this.machineBoxes.map((box) => box.element));
        if (this.crowded)
            this.hall.tabIndex = 0; /* it scrolls */
        if (run.machineCount > run.hall.length)
            this.hall.append(make("p", {}, fill(words.more,
                run.machineCount - run.hall.length)));
        this.element = make("div", { className: "scene" }, this.lines,
            this.hall, this.awayBox, this.back, this.svg);
        this.doneRow = make("div", { className: "doneRow" },
            make("b", {}, words.done), " ", this.done.element);
        new ResizeObserver(() => this.drawRoutes()).observe(this.element);
        for (const { place } of [...this.lineBoxes, { place: this.away }])
            keeper.observe(place.element);
    }

    makeLine(line) {
        const title = this.run.lineCount > 1 ? fill(words.lines, line + 1)
                                             : words.line;
        const people = make("span", { className: "row queue" });
        const place = new Place(people, (list, count) => count === 0
            ? [make("span", { className: "dim" }, words.empty)]
            : [...(count > FEW
                   ? [make("span", { className: "dim" }, fill(words.more,
                       count - Math.min(FEW, list.length)))] : []),
               ...list.slice(0, FEW).map((i) => chip(this.run.people[i]))
                   .reverse()]);

        return { line, place, element: make("div", { className: "line" },
            make("h3", {}, title), people) };
    }

    makeMachine(index) {
        const machine = this.run.hall[index];
        const title = (this.run.hall.length > 12 ? "" : words.machine + " ") +
            (this.run.machineCount > 1 ? index + 1 : "") +
            (this.run.real && machine.cpu >= 0
                ? " (" + words.cpu + " " + machine.cpu + ")" : "");
        const who = make("div", { className: "who" });
        const bar = make("i", {}), word = make("div", { className: "word" });
        const place = new Place(who, (task, callers) => task < 0
            ? [make("span", { className: "dim" }, words.free)]
            : [...callers.flatMap((i) => [chip(this.run.people[i]), "▶"]),
               chip(this.run.people[task])]);

        return { index, machine, place, bar, word,
                 element: make("div", { className: "machine box" },
                     make("h3", {}, title), who,
                     make("div", { className: "bar" }, bar), word) };
    }

    /* For each who is away: a chip, a sign, and how long or on what. */
    writeAway(stays) {
        const shown = stays.length > FEW ? FEW - 1 : FEW;

        this.rests = stays.slice(0, shown).map(({ person, stay }) => {
            const timed = stay.state === AWAITING && stay.planned > 0;
            const bar = make("i", {}), text = make("span", {});
            const sign = make("span", { className: "sign " +
                (stay.state === BLOCKED ? "alert" : "") },
                SIGNS[stay.state]);

            return { person, stay, bar, text, timed,
                     element: make("li", {}, chip(person), sign,
                         ...(timed ? [make("span", { className: "bar" }, bar)]
                                   : []), text) };
        });
        return [...this.rests.map((rest) => rest.element),
                ...(stays.length > shown ? [make("li", { className: "dim" },
                    fill(words.more, stays.length - shown))] : [])];
    }

    update(t) {
        const run = this.run;
        const stays = run.looked.map((person) =>
            ({ person, stay: person.stay(t) }));
        const inOrder = (...states) => stays
            .filter(({ stay }) => states.includes(stay.state))
            .sort((a, b) => a.stay.from - b.stay.from);
        const away = inOrder(AWAITING, BLOCKED), done = inOrder(DONE);

        for (const box of this.lineBoxes) {
            const queue = run.queues[box.line];
            const list = queue.list.value(t, 0), count = queue.count.value(t, 0);

            box.place.set(list + " " + count, lists[list], count);
        }
        for (const box of this.machineBoxes)
            this.updateMachine(box, t);
        this.away.set(away.map(({ person, stay }) =>
            person.index + ":" + stay.from).join(), away);
        this.updateRests(t);
        this.done.set(done.length + ":" + (done.length
            ? done[done.length - 1].person.index : ""),
            done.slice(-32).map(({ person }) => person));
        this.drawTrails(t, stays);
    }

    updateMachine(box, t) {
        const machine = box.machine, is = machine.who.value(t, -1);
        const kind = is < 0 ? 0 : is % 8, callers = machine.callers.value(t, 0);
        const busy = kind === 1 || kind === 2;
        const planned = machine.planned.value(t, 0);
        const done = is < 0 ? 0 : machine.progress(t, busy);
        const state = ["", "", "H", "S", "X"][kind];
        const word = state ? data.states[state] : "";

        box.place.set(is + ":" + callers, is < 0 ? -1 : is >> 3,
                      lists[callers]);
        if (box.state !== kind) {
            box.state = kind;
            box.element.className = "machine box k" + kind;
        }
        box.bar.style.transform = "scaleX(" + (planned > 0
            ? clamp(done / planned, 0, 1) : 0) + ")";
        setText(box.word, is < 0 ? "" : progressText(word, kind, done, planned));
    }

    updateRests(t) {
        for (const rest of this.rests || []) {
            const { person, stay } = rest;

            if (rest.timed) {
                const left = Math.max(0, stay.from + stay.planned - t);

                rest.bar.style.transform = "scaleX(" +
                    clamp((t - stay.from) / stay.planned, 0, 1) + ")";
                setText(rest.text, time(left, unitFor(stay.planned)));
            } else if (stay.state === AWAITING) {
                setText(rest.text, words.io);
            } else {
                setText(rest.text, textOf(person.reason.value(t, -1)));
            }
        }
    }

    /* --- lines between places --------------------------------------------- */

    /* A box in the coordinates of the scene, as it was when routes were drawn:
     * until they are drawn again, none of them moves. */
    rect(element) {
        if (!this.rects.has(element)) {
            const all = this.element.getBoundingClientRect();
            const rect = element.getBoundingClientRect();

            this.rects.set(element, { x: rect.left - all.left,
                y: rect.top - all.top, w: rect.width, h: rect.height });
        }
        return this.rects.get(element);
    }

    /* From a box to another one, to the right or down. */
    path(from, to) {
        if (to.x >= from.x + from.w - 1) {
            const y = from.y + from.h / 2, end = to.y + to.h / 2;
            const middle = (from.x + from.w + to.x) / 2;

            return `M${from.x + from.w} ${y}H${middle}V${end}H${to.x - 2}`;
        }
        const x = from.x + from.w / 2, end = to.x + to.w / 2;
        const middle = (from.y + from.h + to.y) / 2;

        return `M${x} ${from.y + from.h}V${middle}H${end}V${to.y - 2}`;
    }

    route(from, to, name) {
        this.svg.append(makeShape("path", { d: this.path(from, to),
                                            class: name,
                                            "marker-end": "url(#arrow)" }));
    }

    /* Around what belongs together. */
    union(boxes) {
        const all = boxes.map((box) => this.rect(box.element));
        const x = Math.min(...all.map((r) => r.x));
        const y = Math.min(...all.map((r) => r.y));

        return { x, y, w: Math.max(...all.map((r) => r.x + r.w)) - x,
                 h: Math.max(...all.map((r) => r.y + r.h)) - y };
    }

    drawRoutes() {
        this.rects = new Map();
        const arrow = makeShape("marker", { id: "arrow", viewBox: "0 0 8 8",
            refX: 6, refY: 4, markerWidth: 8, markerHeight: 8,
            markerUnits: "userSpaceOnUse", orient: "auto" });

        arrow.append(makeShape("path", { d: "M0 0L8 4L0 8z" }));
        this.svg.replaceChildren(arrow);
        this.trails = [];
        for (const [line, lines, machine, machines] of this.run.routes) {
            const served = this.machineBoxes.slice(machine, machine + machines);

            for (const box of this.lineBoxes.slice(line, line + lines))
                if (this.crowded)
                    this.route(this.rect(box.element), this.rect(this.hall),
                               "");
                else if (served.length > 1 && lines > 1)
                    this.route(this.rect(box.element), this.union(served), "");
                else
                    for (const one of served)
                        this.route(this.rect(box.element),
                                   this.rect(one.element), "");
        }
        this.drawWayBack();
    }

    /* To the away, and from there to the back of the line: around the machines,
     * or straight up where the picture is narrow. */
    drawWayBack() {
        const hall = this.rect(this.hall), away = this.rect(this.awayBox);
        const back = this.rect(this.back), lines = this.rect(this.lines);
        const below = away.y >= hall.y + hall.h;
        const x = lines.x + 8, end = lines.y + lines.h + 4;

        this.route(hall, below ? { ...hall, y: away.y, h: away.h } : away,
                   "dashed");
        this.svg.append(makeShape("path", { class: "dashed",
            "marker-end": "url(#arrow)",
            d: below ? `M${x} ${away.y}V${end}`
                : `M${away.x + away.w / 2} ${away.y + away.h}` +
                  `V${back.y + back.h / 2}H${x}V${end}` }));
    }

    /* --- trails ----------------------------------------------------------- */

    /* Whence somebody has just come fades within 200 ms of the picture, and
     * within a part of the stay it leads to. */
    drawTrails(t, stays) {
        const moving = view.playing && !view.still.matches;
        const fresh = [];

        for (const trail of this.trails || [])
            trail.remove();
        this.trails = [];
        if (!moving)
            return;
        for (const { person, stay } of stays) {
            const whole = Math.min(2e8 * view.speed,
                stay.state === DONE ? Infinity : (stay.to - stay.from) / 4);

            if (stay.from > 0 && t - stay.from < whole)
                fresh.push({ person, stay, faded: (t - stay.from) / whole });
        }
        fresh.sort((a, b) => a.faded - b.faded);
        for (const trail of fresh.slice(0, 4))
            this.drawTrail(trail);
    }

    boxOf(state, person, t) {
        switch (state) {
        case RUNNING: case HELD: case STOLEN: case SWITCHING:
            return this.machineBoxes.find((box) =>
                (box.machine.who.value(t, -1) >> 3) === person.index);
        case LINE:
            return this.lineBoxes.find((box) => box.line === person.line);
        case AWAITING: case BLOCKED:
            return { element: this.awayBox };
        case DONE:
            return { element: this.doneRow };
        }
        return null;
    }

    drawTrail({ person, stay, faded }) {
        const before = person.stay(stay.from - 1);
        const from = this.boxOf(before.state, person, stay.from - 1);
        const to = this.boxOf(stay.state, person, stay.from);

        if (!from || !to || from.element === to.element)
            return;
        const a = this.rect(from.element), b = this.rect(to.element);
        const trail = makeShape("path", { class: "trail s" + person.colour,
            opacity: 1 - faded,
            d: `M${a.x + a.w / 2} ${a.y + a.h / 2}` +
               `L${b.x + b.w / 2} ${b.y + b.h / 2}` });

        this.svg.append(trail);
        this.trails.push(trail);
    }
}

/* "100 / 700ms", "held 0.3 / 0.9s", "xx switching xx" */
function progressText(word, kind, done, planned) {
    const unit = unitFor(planned > 0 ? planned : done);
    const gap = word ? word + " " : "";

    if (kind === 4)
        return "xx " + word + " xx";
    if (planned > 0 && kind === 1 && done > planned * 1.05)
        return time(planned, unit) + " x" + (done / planned).toFixed(1);
    if (planned > 0)
        return gap + digits(done, unit) + " / " + time(planned, unit);
    return done > 0 ? gap + time(done, unit) : word;
}

/* --- meters --------------------------------------------------------------- */

class Meters {
    constructor(run) {
        this.run = run;
        this.numbers = [0, 1].map(() => make("b", { className: "number" }));
        this.most = [0, 1].map(() => make("span", { className: "most" }));
        this.element = make("div", { className: "meters" },
            ...[words.inProgress, words.working].map((word, i) =>
                make("div", {}, make("span", { className: "label" }, word),
                     this.numbers[i], this.most[i])));
    }

    update(t) {
        const at = view.cursor >= 0 ? Math.min(view.cursor, t) : t;

        [this.run.inProgress, this.run.working].forEach((track, i) => {
            setText(this.numbers[i], String(track.value(at, 0)));
            setText(this.most[i], words.most + " " + this.run.peak(i, t));
        });
    }
}
