/*
 * page_ink.js -- the colours of a theme, and what a canvas fills bars with.
 */
const css = (number) => "#" + number.toString(16).padStart(6, "0");

/* The style has all colours but those of tasks. */
function setTheme(theme) {
    const root = document.documentElement;

    root.dataset.theme = theme;
    data.colours[theme].forEach(([bar, letter], i) => {
        root.style.setProperty("--bar" + i, css(bar));
        root.style.setProperty("--letter" + i, css(letter));
    });
}

const style = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* What the canvas needs of the page's style; made anew with every theme. */
let ink = null;

function readInk() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);

    ink = { rem, text: style("--text"), dim: style("--dim"),
            alert: style("--alert"), ground: style("--ground"),
            textures: new Map(),
            colours: data.colours[document.documentElement.dataset.theme] };
}

/* States are told apart by their texture; colour only says whose it is. */
function texture(context, code, colour) {
    const key = code + ":" + colour;

    if (!ink.textures.has(key))
        ink.textures.set(key, context.createPattern(
            drawTexture(code, colour), "repeat"));
    return ink.textures.get(key);
}

function drawTexture(code, colour) {
    const size = 8, tile = make("canvas", { width: size, height: size });
    const pen = tile.getContext("2d");
    const [bar, , shade] = ink.colours[colour < 0 ? 0 : colour].map(css);

    pen.fillStyle = bar;
    pen.strokeStyle = bar;
    if (code === AWAITING) {
        pen.fillStyle = shade;
        pen.fillRect(0, 0, size, size);
        pen.fillStyle = bar;
        for (const [x, y] of [[1, 1], [5, 5]])
            pen.fillRect(x, y, 2, 2);
    } else if (code === HELD) {
        for (let y = 0; y < size; y += 2)
            for (let x = y / 2 % 2 * 2; x < size; x += 4)
                pen.fillRect(x, y, 2, 2);
    } else if (code === STOLEN) {
        pen.lineWidth = 2;
        for (const x of [-size, 0, size]) {
            pen.beginPath();
            pen.moveTo(x, size);
            pen.lineTo(x + size, 0);
            pen.stroke();
        }
    } else {
        pen.fillRect(0, 0, size, size);
    }
    return tile;
}
