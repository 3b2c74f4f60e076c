/*
 * page_find.js -- "/": to a person by name, or to when somebody comes into a
 * state; "a": two marks, and what lies between them. Both as on the terminal.
 */

/* --- what was meant ------------------------------------------------------- */

/* Whole words first, then beginnings, then names that have the text in them:
 * so "B" is the person B although a state begins with that letter, too. */
const LIKENESS = [
    (word, text) => word === text,
    (word, text) => word.startsWith(text),
    (word, text) => word.includes(text),
];

const folded = (text) => text.normalize("NFC").toLowerCase();

/* The nearest such person below (or above) the one selected, round and round;
 * -1: there is none. */
function findPerson(text, isLike, direction) {
    const people = runs[0].people, count = people.length;
    const from = view.selected < 0 && direction < 0 ? 0 : view.selected;

    for (let i = 1; i <= count; i++) {
        const index = ((from + direction * i) % count + count) % count;

        if (isLike(folded(people[index].name), text))
            return index;
    }
    return -1;
}

/* In the language of the page, or in English; -1: none. */
function findState(text, isLike) {
    return [...LETTERS].findIndex((c) => data.states[c] &&
        [data.states[c], data.stateNames[c]].some(
            (word) => isLike(folded(word), text)));
}

/* The nearest instant after t (or before) at which somebody comes into a state,
 * of two runs in whichever that is sooner; null: there is none. */
function findEntry(state, t, direction) {
    let found = null;

    for (const run of runs)
        for (const { lane: { at, code }, index, name } of run.people) {
            let i = find(at, t, -1);

            if (direction > 0)
                i++;
            else if (i >= 0 && at[i] === t)
                i--;
            while (i >= 0 && i < at.length && code[i] !== state)
                i += direction;
            if (i >= 0 && i < at.length &&
                (!found || (at[i] - found.t) * direction < 0))
                found = { t: at[i], index, name };
        }
    return found;
}

/* --- going there ---------------------------------------------------------- */

function goToEntry(state, direction) {
    const entry = findEntry(state, view.t, direction);

    if (!entry)
        return direction > 0 ? words.noneAfter : words.noneBefore;
    view.playing = false;
    seek(entry.t);
    view.stepped = view.t;
    choose(entry.index);
    return fill(words.found, entry.name, data.states[LETTERS[state]],
                preciseTime(entry.t));
}

/* Goes to what is meant by a text; says what that was. */
function lookFor(typed, direction) {
    const text = folded(typed);

    for (const isLike of LIKENESS) {
        const person = findPerson(text, isLike, direction);
        const state = isLike === LIKENESS[2] ? -1 : findState(text, isLike);

        if (person >= 0) {
            choose(person);
            return runs[0].people[person].name;
        }
        if (state >= 0)
            return goToEntry(state, direction);
    }
    return fill(words.notFound, typed, Object.values(data.states).join(", "));
}

/* --- the field ------------------------------------------------------------ */

const wanted = make("input", { type: "search", placeholder: words.findWhat,
                               "aria-label": words.findWhat });
const foundText = make("output", {});
const finder = make("form", { className: "find", hidden: true },
    make("div", {}, wanted,
         button("▲", words.findBefore, () => findAgain(-1)),
         button("▼", words.findNext, () => findAgain(1)),
         button("×", words.close, closeFinder)), foundText);

/* Afterwards the keys are the page's again, and so ; and : go on. */
finder.addEventListener("submit", (event) => {
    event.preventDefault();
    wanted.blur();
    findAgain(1);
});

function openFinder() {
    if (view.asked)
        return;
    finder.hidden = false;
    wanted.focus();
    wanted.select();
}

function closeFinder() {
    finder.hidden = true;
    foundText.textContent = "";
}

function findAgain(direction) {
    if (wanted.value.trim() === "") {
        openFinder();
        return;
    }
    finder.hidden = false;
    foundText.textContent = lookFor(wanted.value.trim(), direction);
}

/* --- marks ---------------------------------------------------------------- */

/* One mark, the other one, none. */
function mark() {
    const t = view.cursor >= 0 ? view.cursor : view.t;

    view.marks = view.marks.length === 2 ? [] : [...view.marks, t];
    wake();
}

/* How long who is selected was in which state between two instants. */
function timesBetween(run, from, to) {
    const { name, lane } = run.people[view.selected];
    const first = lane.index(from), last = lane.index(to);
    const spent = [...LETTERS].map((c, state) => [c, lane.sum(state, to, last) -
        lane.sum(state, from, first)]);

    return (runs.length > 1 ? titleOf(run) + ", " : "") + name + ": " + spent.filter(([c, ns]) => data.states[c] && ns > 0)
        .map(([c, ns]) => data.states[c] + " " + preciseTime(ns)).join(", ");
}

/* What is told of the marks: how long from one to the other, and of whoever is
 * selected what went on meanwhile. */
function measured() {
    const [from, to] = [...view.marks].sort((a, b) => a - b);

    if (view.marks.length < 2)
        return view.marks.length ? fill(words.marked, preciseTime(from)) : "";
    return [fill(words.between, ...[to - from, from, to].map(preciseTime)),
            ...(view.selected < 0 ? [] : runs.map((run) =>
                timesBetween(run, from, to)))].join(". ");
}
