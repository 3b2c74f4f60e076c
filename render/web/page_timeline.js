/*
 * page_timeline.js -- rows of people and of machines over one axis of time.
 *
 * A row costs as much as it has columns, whatever happened in it. All of it is
 * drawn once for each window of time; while the picture runs only the edge of
 * what is seen moves.
 */

/* --- the timeline --------------------------------------------------------- */

/* The rows of people, or of machines: names at the left, and a canvas of which
 * only the part until now is not covered. */
class Rows {
    constructor(run, lanes, labels, name) {
        this.run = run;
        this.lanes = lanes;
        this.makeLabel = labels;
        this.bars = make("canvas", {});
        this.cover = make("div", { className: "cover" });
        this.cursor = make("div", { className: "cursor" });
        this.band = make("div", { className: "band" });
        this.time = make("div", { className: "time" }, this.bars, this.cover,
                         this.band, this.cursor);
        this.labels = make("div", { className: "labels" });
        this.inside = make("div", { className: "inside" }, this.labels,
            this.time);
        this.spacer = make("div", { className: "spacer" }, this.inside);
        this.element = make("div", { className: "rows", tabIndex: 0,
            role: "group", "aria-label": name }, this.spacer);
        this.element.addEventListener("scroll", () => this.stale());
        new ResizeObserver(() => this.resized()).observe(this.element);
        listenToPointer(this.time);
        this.fresh = false;
    }

    stale() {
        this.fresh = false;
        wake();
    }

    /* An observer reports, too, the size at which all was drawn already. */
    resized() {
        if (this.time.clientWidth !== this.width ||
            this.element.clientHeight !== this.room)
            this.stale();
    }

    /* Bring a row into the window. */
    show(row) {
        const top = row * this.step, box = this.element;

        if (top < box.scrollTop)
            box.scrollTop = top;
        else if (top + this.step > box.scrollTop + box.clientHeight)
            box.scrollTop = top + this.step - box.clientHeight;
    }

    /* Where a row is on the page. */
    place(row) {
        const top = this.element.getBoundingClientRect().top +
            row * this.step - this.element.scrollTop;

        return { top, bottom: top + this.step };
    }

    /* Which rows are in the window, and how high. */
    measure() {
        this.step = Math.round(clamp(innerHeight * 0.3 / this.lanes.length,
            1.7 * ink.rem, this.isMachines ? 1.9 * ink.rem : 3 * ink.rem));
        this.spacer.style.height = this.step * this.lanes.length + "px";
        this.room = this.element.clientHeight;
        this.first = Math.floor(this.element.scrollTop / this.step);
        this.shown = Math.min(this.lanes.length - this.first,
                              Math.ceil(this.room / this.step) + 1);
        this.offset = this.first * this.step - this.element.scrollTop;
        this.width = this.time.clientWidth;
        this.height = Math.min(this.room, this.step * this.lanes.length);
        this.time.style.height = this.height + "px";
    }

    pen(canvas) {
        const ratio = devicePixelRatio || 1, context = canvas.getContext("2d");
        const width = Math.round(this.width * ratio);
        const height = Math.round(this.height * ratio);

        if (canvas.width !== width || canvas.height !== height) {
            canvas.width = width;
            canvas.height = height;
            canvas.style.width = this.width + "px";
            canvas.style.height = this.height + "px";
        }
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        context.clearRect(0, 0, this.width, this.height);
        return context;
    }

    /* Everything that does not depend on the instant shown. */
    drawBars() {
        const pen = this.pen(this.bars);

        for (let i = 0; i < this.shown; i++) {
            const y = this.offset + i * this.step;

            this.drawLane(pen, this.lanes[this.first + i], y + 2,
                          this.step - 5);
            this.drawMarks(pen, this.first + i, y + 2, this.step - 5);
        }
        this.writeLabels();
    }

    /* A stretch that can be seen is a bar; where there are more in a column
     * than can be, the column says exactly how much of it was which. */
    drawLane(pen, lane, y, height) {
        const left = view.left, scale = visible() / this.width;
        const end = Math.min(lane.end, left + visible());

        for (let x = Math.max(0, (lane.at[0] - left) / scale);
             x < this.width && left + x * scale < end;) {
            const index = Math.max(0, lane.index(left + x * scale + 1e-3));
            const to = (Math.min(lane.until(index), end) - left) / scale;

            if (to - x >= 3 || lane.until(index) >= lane.end) {
                this.drawStretch(pen, lane, index, x, Math.max(to, x + 1), y,
                                 height);
                x = Math.max(to, x + 1e-3);
            } else {
                const next = Math.floor(x) + 1;

                this.drawColumn(pen, lane, left + x * scale,
                                Math.min(end, left + next * scale), x, y,
                                height);
                x = next;
            }
        }
        if (lane.end < left + visible())
            this.drawRest(pen, lane, (lane.end - left) / scale, y, height);
    }

    /* Who has not finished is in that state for ever. */
    drawRest(pen, lane, x, y, height) {
        const last = lane.at.length - 1;

        if (this.run.forever && last >= 0 && lane.code[last] !== DONE)
            this.drawStretch(pen, lane, last, x, this.width, y, height);
        else if (last >= 0 && lane.code[last] === DONE && lane.at[last] >= lane.end)
            this.sign(pen, SIGNS[DONE], x, y, height, ink.text);
    }

    sign(pen, text, x, y, height, colour) {
        const size = Math.min(height * 0.75, 1.2 * ink.rem);

        pen.fillStyle = colour;
        pen.font = `bold ${Math.round(size)}px monospace`;
        pen.textBaseline = "middle";
        pen.textAlign = "left";
        pen.fillText(text, x + 2, y + height / 2 + 1);
    }

    drawStretch(pen, lane, index, x, to, y, height) {
        const code = lane.code[index], task = lane.task(index);
        const person = task >= 0 ? this.run.people[task] : null;
        const colour = person ? person.colour : 0, width = to - x;
        const middle = y + height / 2;

        switch (code) {
        case ABSENT:
            break;
        case RUNNING:
            pen.fillStyle = css(ink.colours[colour][0]);
            pen.fillRect(x, y, width, height);
            this.drawLetter(pen, person, x, width, y, height);
            break;
        case LINE:
            pen.fillStyle = ink.dim;
            for (let dot = Math.ceil(x / 8) * 8 + 3; dot < to; dot += 8)
                pen.fillRect(dot, middle - 1, 2, 2);
            break;
        case BLOCKED:
            pen.fillStyle = ink.alert;
            for (let at = Math.ceil(x / 8) * 8 + 3; at < to; at += 8) {
                pen.fillRect(at, y + height * 0.15, 2, height * 0.45);
                pen.fillRect(at, y + height * 0.72, 2, height * 0.13);
            }
            break;
        case DONE:
            this.sign(pen, SIGNS[DONE], x, y, height, ink.text);
            break;
        case SWITCHING:
            pen.strokeStyle = ink.dim;
            for (let at = x + 1; at < to - 3; at += 8) {
                pen.beginPath();
                pen.moveTo(at, middle - 3);
                pen.lineTo(at + 6, middle + 3);
                pen.moveTo(at, middle + 3);
                pen.lineTo(at + 6, middle - 3);
                pen.stroke();
            }
            break;
        default:
            pen.fillStyle = texture(pen, code, colour);
            pen.fillRect(x, y, width, height);
        }
    }

    /* The name, where the bar has room for it, and beside a letter that stands
     * for what was done first. */
    drawLetter(pen, person, x, width, y, height) {
        const scale = visible() / this.width, at = view.left + x * scale;
        const mark = find(person.mark.at, at + 8 * scale, -1);
        const marked = !this.isMachines && mark >= 0 &&
            person.mark.at[mark] >= at - 1e-3;
        const left = Math.max(x, 0) + (marked ? 9 : 0);

        if (width - (left - x) < height * 0.6)
            return;
        pen.save();
        pen.beginPath();
        pen.rect(x, y, width - 2, height);
        pen.clip();
        this.sign(pen, person.name, left, y, height,
                  css(ink.colours[person.colour][1]));
        pen.restore();
    }

    drawColumn(pen, lane, from, to, x, y, height) {
        const width = Math.floor(x) + 1 - x, all = to - from;
        const first = lane.index(from), last = lane.index(to);
        const part = (state) => (lane.sum(state, to, last) -
            lane.sum(state, from, first)) / all;
        const ran = part(RUNNING) * height; /* seen, however little it is */
        const running = ran > 0 ? Math.max(ran, 1.5) : 0;
        let most = ABSENT, share = 0;

        for (let state = LINE; state < LETTERS.length; state++) {
            const one = part(state);

            if (one > share) {
                share = one;
                most = state;
            }
        }
        if (most === BLOCKED || most === LINE || most === SWITCHING) {
            pen.fillStyle = most === BLOCKED ? ink.alert : ink.dim;
            if (Math.floor(x) % 4 < 2)
                pen.fillRect(x, y + height / 2 - 1, width,
                             most === LINE ? 2 : height / 3);
        } else if (most !== ABSENT && most !== DONE) {
            pen.fillStyle = texture(pen, most,
                this.run.people[Math.max(0, lane.task(first))].colour);
            pen.fillRect(x, y, width, height);
        }
        const task = lane.task(lane.index(to - 1e-3));

        pen.fillStyle = css(ink.colours[task >= 0
            ? this.run.people[task].colour : 0][0]);
        pen.fillRect(x, y + height - running, width, running);
    }

    /* Letters for what takes no time; of several in one place the one that
     * matters most. */
    drawMarks(pen, row, y, height) {
        const person = this.run.people[this.lanes[row].who];
        const marks = person && person.mark, cell = 8;

        if (!marks || marks.at.length === 0)
            return;
        const scale = visible() / this.width;
        const last = view.left + visible();
        let i = find(marks.at, view.left - 1e-3, -1) + 1;

        while (i < marks.at.length && marks.at[i] <= last) {
            const column = Math.floor((marks.at[i] - view.left) / scale / cell);
            const end = find(marks.at, view.left + (column + 1) * cell * scale -
                1e-3, -1) + 1;
            let mark = 0;

            for (let k = i; k < Math.max(end, i + 1) && k < i + 64; k++)
                mark = Math.max(mark, marks.is[k]);
            pen.fillStyle = ink.ground;
            pen.fillRect(column * cell, y + height * 0.4, cell + 1,
                         height * 0.6);
            this.sign(pen, data.marks[mark - 1][0], column * cell - 2,
                      y + height * 0.4, height * 0.6, ink.text);
            i = Math.max(end, i + 1);
        }
    }

    writeLabels() {
        this.cells = [];
        this.tallied = null;
        this.labels.style.transform = `translateY(${this.offset}px)`;
        this.labels.replaceChildren(...Array.from({ length: this.shown },
            (_, i) => {
                const count = make("span", { className: "tally" });

                this.cells.push(count);
                return make("div", { className: "label" +
                    (this.first + i === view.selected && !this.isMachines
                        ? " selected" : "") },
                    this.makeLabel(this.first + i), count);
            }));
        this.labels.querySelectorAll(".label").forEach((label) =>
            label.style.height = this.step + "px");
    }

    /* Numbers down to each row under the vertical line. */
    tally() {
        const at = view.cursor;
        let number = 0;

        if (at === this.tallied)
            return;
        this.tallied = at;
        for (let i = 0; i < this.first + this.shown; i++) {
            const counted = at >= 0 && (this.isMachines
                ? this.lanes[i].code[this.lanes[i].index(at)] === RUNNING
                : this.run.people[i].in.value(at, 0) === 1);

            number += counted ? 1 : 0;
            if (i >= this.first)
                setText(this.cells[i - this.first],
                        counted ? String(number) : "");
        }
    }

    /* At the column of an instant; outside of the window, at its edge. */
    put(element, t) {
        const x = (t - view.left) / visible() * this.width;

        element.style.transform =
            `translateX(${clamp(x, -2, this.width).toFixed(1)}px)`;
    }

    update(t) {
        if (this.element.hidden)
            return;
        if (!this.fresh) {
            this.measure();
            this.drawBars();
            this.fresh = true;
        }
        this.put(this.cover, t);
        this.cover.classList.toggle("over", view.t >= this.run.end);
        this.cursor.hidden = view.cursor < 0;
        if (view.cursor >= 0)
            this.put(this.cursor, view.cursor);
        this.showMarks();
        this.tally();
    }

    /* What lies between the marks; one alone is a line. */
    showMarks() {
        const from = Math.min(...view.marks), to = Math.max(...view.marks);

        this.band.hidden = view.marks.length === 0;
        if (this.band.hidden)
            return;
        this.put(this.band, from);
        this.band.style.width =
            `${Math.max(2, (to - Math.max(from, view.left)) / visible() *
                this.width)}px`;
    }
}

/* The axis: ticks and times, and a mark at the instant shown. */
class Axis {
    constructor() {
        this.canvas = make("canvas", {});
        this.mark = make("div", { className: "mark" }, "▲");
        this.time = make("div", { className: "axis" }, this.canvas, this.mark);
        this.element = make("div", { className: "axisRow",
                                     "aria-hidden": "true" }, this.time);
        listenToPointer(this.time);
        new ResizeObserver(() => {
            if (this.time.clientWidth === this.width)
                return;
            this.fresh = false;
            wake();
        }).observe(this.element);
    }

    /* 1, 2 or 5 of some power of ten, so that labels have room. */
    step(width) {
        const least = visible() / Math.max(2, width / (5 * ink.rem));
        const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));

        return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least);
    }

    drawTicks() {
        const ratio = devicePixelRatio || 1, pen = this.canvas.getContext("2d");
        const width = this.time.clientWidth, step = this.step(width);
        const height = Math.round(1.8 * ink.rem);
        const scale = visible() / width, unit = unitFor(visible());

        this.width = width;
        this.canvas.width = Math.round(width * ratio);
        this.canvas.height = Math.round(height * ratio);
        this.canvas.style.width = width + "px";
        this.canvas.style.height = height + "px";
        pen.setTransform(ratio, 0, 0, ratio, 0, 0);
        pen.font = `${Math.round(0.75 * ink.rem)}px monospace`;
        pen.textBaseline = "top";
        pen.fillStyle = ink.dim;
        pen.fillRect(0, 3, width, 1);
        for (let at = Math.ceil(view.left / step) * step;
             at < view.left + visible(); at += step) {
            const x = (at - view.left) / scale;

            pen.fillRect(x, 0, 1, 7);
            pen.textAlign = x < ink.rem ? "left"
                : x > width - 2 * ink.rem ? "right" : "center";
            pen.fillText(time(at, unit), x, 10);
        }
    }

    update(t) {
        if (!this.fresh)
            this.drawTicks();
        this.fresh = true;
        this.mark.style.transform = `translateX(${
            clamp((t - view.left) / visible() * this.width, 0, this.width)
            .toFixed(1)}px)`;
    }
}

class Timeline {
    constructor(run) {
        const person = (i) => chip(run.people[i]);
        const machine = (i) => make("span", { className: "machineLabel" },
            run.machineCount === 1 ? words.cpu : fill(words.machineRow, i + 1));

        this.run = run;
        this.people = new Rows(run, run.people.map((one) => one.lane), person,
                               words.timeline);
        this.machines = new Rows(run, run.hall.map((one) => one.lane), machine,
                                 words.machine);
        this.machines.isMachines = true;
        this.axis = new Axis();
        this.element = make("div", { className: "timeline" },
            this.legend(), this.people.element, this.machines.element,
            this.axis.element);
        this.element.style.setProperty("--longest", Math.max(1, ...run.looked
            .map((one) => one.name.length)) * 0.62 + "rem");
    }

    /* What occurs in this run, with its sign. */
    legend() {
        const signs = LETTERS.split("").filter((c) => "RLAD".includes(c) ||
            (c !== "-" && this.run.tasks.some((task) => task.is.includes(c))));
        const marks = data.marks.filter((_, i) => this.run.people.some(
            (person) => person.mark.is.includes(i + 1)));

        return make("div", { className: "legend" },
            make("b", {}, words.timeline),
            ...signs.map((c) =>
                make("span", {}, make("span", { className: "sign" +
                    (c === "B" ? " alert" : "") },
                    SIGNS[LETTERS.indexOf(c)]), " " + data.states[c])),
            ...marks.map(([letter, word]) => make("span", {},
                make("b", {}, letter), " " + word)));
    }

    stale() {
        this.people.fresh = false;
        this.machines.fresh = false;
        this.axis.fresh = false;
    }

    update(t) {
        this.people.element.hidden = view.byMachine;
        this.people.update(t);
        this.machines.update(t);
        this.axis.update(view.t);
    }
}
