/*
 * page_panes.js -- the program with everybody at the step they are at, what
 * they share, and what they said; and with the picture all of one run.
 */

/* --- the program, its values, its output ---------------------------------- */

class Program {
    constructor(run) {
        this.run = run;
        this.rows = (run.lines || []).map((text) => {
            const code = make("code", {}, text);
            const people = make("span", { className: "at" });

            return { text, code, people, element:
                make("li", { className: /^\s*(#|\/\*|\*|\/\/)/.test(text)
                    ? "comment" : "" }, code, people) };
        });
        this.list = make("ol", {}, ...this.rows.map((row) => row.element));
        this.scroll = make("div", { className: "scroll", tabIndex: 0,
            role: "group", "aria-label": words.program }, this.list);
        this.element = make("section", { className: "pane program" },
            make("h3", {}, words.program + "  ",
                 make("span", { className: "dim" }, run.workload)),
            this.scroll);
        this.written = [];
        this.code = this.rows.find((row) => row.text !== "" &&
            row.element.className === "");
    }

    update(t) {
        const run = this.run, at = new Map(); /* line: people there */
        const latest = run.latest.value(t, -1);

        for (const person of run.looked) {
            const place = person.place.value(t, -1);

            if (place < 0)
                continue;
            const line = run.places[place][0];

            if (!at.has(line))
                at.set(line, []);
            at.get(line).push({ person, place, state: person.stay(t).state });
        }
        const key = [...at].map(([line, people]) => line + ":" + people.map(
            (one) => one.person.index + "." + one.place + "." + one.state))
            .join() + "/" + latest;

        if (key === this.key)
            return;
        if (this.key === undefined && this.code) /* comments go first */
            this.show(this.code.element, 0);
        this.key = key;
        for (const row of this.written) {
            row.people.replaceChildren();
            row.code.replaceChildren(row.text);
        }
        this.written = [];
        for (const [line, people] of at)
            if (this.rows[line - 1])
                this.write(this.rows[line - 1], people, latest);
    }

    write(row, people, latest) {
        this.written.push(row);
        row.people.replaceChildren(...people.slice(0, 12).map((one) =>
            make("span", {}, make("span", { className: "sign" +
                (one.state === BLOCKED ? " alert" : "") }, SIGNS[one.state]),
                chip(one.person))),
            ...(people.length > 12 ? ["+" + (people.length - 12)] : []));
        row.code.replaceChildren(...this.markSteps(row.text, people, latest));
        if (row !== this.seen &&
            people.some((one) => one.person.index === latest)) {
            this.seen = row;
            this.show(row.element, this.scroll.clientHeight / 3);
        }
    }

    /* The steps people are at are underlined; the latest of all is between two
     * marks, in its task's colour. */
    markSteps(text, people, latest) {
        const parts = [];
        let end = 0;

        people.map((one) => ({ one, place: this.run.places[one.place] }))
            .filter(({ place }) => place.length > 1)
            .sort((a, b) => a.place[1] - b.place[1] ||
                (b.one.person.index === latest) - (a.one.person.index === latest))
            .forEach(({ one, place: [, from, to] }) => {
                if (from < end)
                    return;
                const step = text.slice(from, to);

                parts.push(text.slice(end, from),
                    one.person.index === latest
                        ? make("mark", { className: "c" + one.person.colour },
                               "»" + step + "«")
                        : make("u", {}, step));
                end = to;
            });
        return [...parts, text.slice(end)];
    }

    /* Within the pane only: the page itself stays where it is. */
    show(row, above) {
        const box = this.scroll, top = row.offsetTop;

        if (top < box.scrollTop || top + row.offsetHeight >
            box.scrollTop + box.clientHeight)
            box.scrollTop = Math.max(0, top - above);
    }
}

class Values {
    constructor(run) {
        this.run = run;
        this.list = new Place(make("div", { className: "scroll", tabIndex: 0,
            role: "group", "aria-label": words.values }), (rows) => rows.map(
            (row) => make("div", { className: "value" },
                ...data.rows[row].split("\n").map((part) => make("span",
                    { className: /^\d/.test(part) ? "c" + part[0]
                        : { s: "strong", d: "dim", a: "alert", f: "dim" }[
                            part[0]] || "" }, part.slice(1))))));
        this.element = make("section", { className: "pane values" },
            make("h3", {}, words.values), this.list.element);
    }

    update(t) {
        const list = this.run.shared.value(t, 0);

        this.list.set(list, lists[list]);
    }
}

class Output {
    constructor(run) {
        this.run = run;
        this.list = new Place(make("div", { className: "scroll", tabIndex: 0,
            role: "group", "aria-label": words.output }),
            (said) => this.write(said));
        this.element = make("section", { className: "pane output" },
            make("h3", {}, words.output), this.list.element);
    }

    write(said) {
        const unit = unitFor(clockLength), first = Math.max(0, said - 500);

        if (said === 0)
            return [make("span", { className: "dim" }, words.nothing)];
        return Array.from({ length: said - first }, (_, i) => make("div", {},
            make("span", { className: "dim" },
                 time(this.run.said.at[first + i], unit) + " "),
            ...(this.run.sayer.is[first + i] < 0 ? [] :
                [chip(this.run.people[this.run.sayer.is[first + i]]), " "]),
            textOf(this.run.said.is[first + i])));
    }

    update(t) {
        const said = this.run.said.index(t) + 1;

        if (this.list.set(said, said))
            this.list.element.scrollTop = this.list.element.scrollHeight;
    }
}

/* --- a run on the page ---------------------------------------------------- */

class Picture {
    constructor(run, index) {
        this.run = run;
        this.scene = new Scene(run);
        this.meters = new Meters(run);
        this.timeline = new Timeline(run);
        this.panes = [
            ...(run.lines ? [new Program(run)] : []),
            ...(run.values ? [new Values(run)] : []),
            ...(run.said.at.length || data.runs[index].said
                ? [new Output(run)] : []),
        ];
        this.side = make("div", { className: "side" },
            ...this.panes.map((pane) => pane.element));
        this.done = make("span", {});
        const called = titleOf(run);

        this.header = make("header", {},
                make("b", { className: "badge " + (run.real ? "real" : "model") },
                     run.badge),
                make(runs.length > 1 ? "h2" : "h1", {}, called),
                ...(called === run.title ? [] : [make("b", {}, run.title)]),
                make("span", {}, run.subtitle),
                ...(runs.length > 1 ? [] : [make("i", {}, run.workload)]),
                this.done, ...(data.origins[index]
                    ? [make("small", {}, data.origins[index])] : []));
        this.element = make("section", { className: "run" }, this.header,
            make("div", { className: "parts" },
                make("div", { className: "picture" },
                    make("div", { className: "top" }, this.scene.element,
                         this.meters.element),
                    this.scene.doneRow, this.timeline.element),
                this.side));
    }

    update() {
        const t = Math.min(view.t, this.run.end);

        setText(this.done, data.states.D + " " + this.run.doneCount(t) + "/" +
            this.run.taskCount);
        this.scene.update(t);
        this.meters.update(t);
        this.timeline.update(t);
        if (!this.side.hidden)
            this.updatePanes(t);
    }

    /* While the picture runs, no faster than anybody reads. */
    updatePanes(t) {
        const now = performance.now();

        if (view.playing && now - this.read < 80)
            return;
        this.read = now;
        for (const pane of this.panes)
            pane.update(t);
    }
}
