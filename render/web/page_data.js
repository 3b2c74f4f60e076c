/*
 * page_data.js -- the second painter: the scene that the terminal draws, in a
 * browser. The files page_*.js are one script, in this order: data, ink,
 * scene, timeline, panes, control, find, start.
 *
 * All that is known of a run stands in the element "data" (web_run.h): things
 * that change now and then are tracks, "at" (differences of nanoseconds) and
 * "is". A frame is a function of the instant shown and of the view: every part
 * looks up what is true then, by binary search, and touches the page only where
 * that has changed. Words come from the data, too; there is none in here.
 */
const data = await unpack(document.getElementById("data").textContent);
const words = data.words;

/* JSON, deflated, in base64. */
function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

    return new Response(new Blob([bytes]).stream()
        .pipeThrough(new DecompressionStream("deflate"))).json();
}

/* --- small tools ---------------------------------------------------------- */

/* An element with properties and children; what is no element is text. */
function make(tag, properties, ...children) {
    const element = document.createElement(tag);

    for (const [name, value] of Object.entries(properties || {}))
        if (name in element && name !== "list")
            element[name] = value;
        else
            element.setAttribute(name, value);
    element.append(...children);
    return element;
}

function makeShape(tag, attributes) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);

    for (const [name, value] of Object.entries(attributes))
        shape.setAttribute(name, value);
    return shape;
}

/* Text is only written where it is another one. */
function setText(element, text) {
    if (element.textContent !== text)
        element.textContent = text;
}

/* "… %d more", "{0} times as fast" */
function fill(text, ...gaps) {
    return text.replace(/%d|\{(\d)\}/g,
                        (gap, index) => String(gaps[index || 0]));
}

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

/* A list of tasks, or of rows: numbers with spaces between. */
const lists = data.lists.map(
    (list) => list === "" ? [] : list.split(" ").map(Number));

/* --- times ---------------------------------------------------------------- */

const unitFor = (span) => data.units.find((unit) => span >= unit[0]);

function digits(ns, unit) {
    return (ns / unit[1]).toFixed(unit[3]);
}

function time(ns, unit) {
    return digits(ns, unit) + unit[2];
}

/* A digit more, for an instant in a sentence. */
function preciseTime(ns) {
    const [from, one, sign, decimals] = unitFor(clockEnd);

    return time(ns, [from, one, sign, decimals + 1]);
}

/* --- what changes now and then -------------------------------------------- */

/* Instants from differences. */
function instants(differences) {
    const at = new Float64Array(differences.length);
    let t = 0;

    differences.forEach((difference, i) => at[i] = t += difference);
    return at;
}

/* The index of the last instant of at that is not after t; -1: none. `near` is
 * where it was last time: time goes on, so it is mostly there or next to it. */
function find(at, t, near) {
    let low = 0, high = at.length;

    if (near >= 0 && at[near] <= t) {
        if (near + 1 >= at.length || at[near + 1] > t)
            return near;
        if (near + 2 >= at.length || at[near + 2] > t)
            return near + 1;
    }
    while (low < high) {
        const middle = (low + high) >> 1;

        if (at[middle] <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

class Track {
    constructor(track) {
        this.at = instants(track ? track.at : []);
        this.is = track ? track.is : [];
        this.near = -1;
    }

    index(t) {
        return this.near = find(this.at, t, this.near);
    }

    /* What it is at t; before anything is known, nothing. */
    value(t, nothing) {
        const index = this.index(t);

        return index < 0 ? nothing : this.is[index];
    }

    /* What became true at that very instant. */
    exactly(t) {
        const index = this.index(t);

        return index >= 0 && this.at[index] === t ? this.is[index] : -1;
    }
}

/* The number of a text in the data; -1: none. */
const textOf = (number) => number < 0 ? "" : data.texts[number];

/*
 * A row of the timeline: from when on it is in which state, with the sum of the
 * time spent in each state before. So what happened between any two instants
 * costs two searches, however much that is.
 */
const LETTERS = "-RLABHSDX";
const ABSENT = 0, RUNNING = 1, LINE = 2, AWAITING = 3, BLOCKED = 4, HELD = 5,
    STOLEN = 6, DONE = 7, SWITCHING = 8;

class Lane {
    constructor(at, code, who, end) {
        this.at = at;
        this.code = code;
        this.who = who; /* a task for each stretch, or one for all */
        this.end = end;
        this.near = -1;
        this.sums = LETTERS.split("").map(() => new Float64Array(at.length));
        for (let i = 1; i < at.length; i++) {
            for (const sum of this.sums)
                sum[i] = sum[i - 1];
            this.sums[code[i - 1]][i] += at[i] - at[i - 1];
        }
    }

    static ofTask(task, index, end) {
        const at = instants(task.at);
        const code = Uint8Array.from(task.is, (c) => LETTERS.indexOf(c));

        return new Lane(at, code, index, end);
    }

    /* Kinds of service: idle, busy, held, stolen, switching. */
    static ofMachine(track, end) {
        const kinds = [ABSENT, RUNNING, HELD, STOLEN, SWITCHING];
        const code = Uint8Array.from(track.is,
                                     (is) => is < 0 ? ABSENT : kinds[is % 8]);
        const who = Int32Array.from(track.is, (is) => is < 0 ? -1 : is >> 3);

        return new Lane(track.at, code, who, end);
    }

    index(t) {
        return this.near = find(this.at, t, this.near);
    }

    until(index) {
        return index + 1 < this.at.length ? this.at[index + 1] : this.end;
    }

    task(index) {
        return typeof this.who === "number" ? this.who : this.who[index];
    }

    /* Nanoseconds in a state before t, which is in the stretch `index`. */
    sum(state, t, index) {
        return index < 0 ? 0
            : this.sums[state][index] +
              (this.code[index] === state ? t - this.at[index] : 0);
    }
}

/* --- a run ---------------------------------------------------------------- */

class Person {
    constructor(task, index, end) {
        this.name = task.name;
        this.index = index;
        this.colour = task.colour;
        this.line = task.line;
        this.lane = Lane.ofTask(task, index, end);
        this.planned = new Map(); /* by stretch, for those that are awaited */
        [...task.is].forEach((c, i) => {
            if (c === "A" || c === "H")
                this.planned.set(i, task.planned[this.planned.size]);
        });
        for (const name of ["in", "mark", "place", "reason", "why"])
            this[name] = new Track(task[name]);
    }

    /* What the person does at t. */
    stay(t) {
        const index = this.lane.index(t);

        return { state: index < 0 ? ABSENT : this.lane.code[index],
                 from: index < 0 ? 0 : this.lane.at[index],
                 to: index < 0 ? 0 : this.lane.until(index),
                 planned: this.planned.get(index) || 0 };
    }
}

class Machine {
    constructor(machine, end) {
        this.cpu = machine.cpu;
        for (const name of ["who", "callers", "done", "planned"])
            this[name] = new Track(machine[name]);
        this.lane = Lane.ofMachine(this.who, end);
    }

    /* How much of the step in hand is done at t. */
    progress(t, busy) {
        const index = this.done.index(t);
        const since = Math.max(this.done.at[index],
                               this.who.at[this.who.index(t)]);

        return index < 0 ? 0 : this.done.is[index] + (busy ? t - since : 0);
    }
}

class Run {
    constructor(run) {
        Object.assign(this, run);
        this.people = run.tasks.map(
            (task, i) => new Person(task, i, run.end));
        this.hall = run.machines.map((machine) => new Machine(machine, run.end));
        this.queues = run.queues.map((queue) => ({
            list: new Track(queue.list), count: new Track(queue.count) }));
        for (const name of ["inProgress", "working", "now", "rule", "count",
                            "step", "shared", "latest", "stop", "sayer",
                            "said"])
            this[name] = new Track(run[name]);
        this.looked = this.people.slice(0, 4096); /* as the terminal does */
        this.doneAt = Float64Array.from(
            this.people.map((person) => person.lane)
                .filter((lane) => lane.code[lane.code.length - 1] === DONE)
                .map((lane) => lane.at[lane.at.length - 1])).sort();
        this.peaks = [this.inProgress, this.working].map(peaksOf);
    }

    doneCount(t) {
        return find(this.doneAt, t, -1) + 1;
    }

    /* The most there were until t of what a meter counts. */
    peak(meter, t) {
        const track = meter ? this.working : this.inProgress;

        if (t >= this.end)
            return meter ? this.mostWorking : this.mostInProgress;
        return track.index(t) < 0 ? 0 : this.peaks[meter][track.index(t)];
    }
}

function peaksOf(track) {
    let most = 0;

    return Int32Array.from(track.is, (is) => most = Math.max(most, is));
}

const runs = data.runs.map((run) => new Run(run));
/* The mode, or what else tells a run from the one beside it. */
const titleOf = (run) =>
    data.compare ? data.compare.titles[runs.indexOf(run)] : run.title;
const clockEnd = Math.max(...runs.map((run) => run.end));
const clockLength = Math.max(...runs.map((run) => run.length));
