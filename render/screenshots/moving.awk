# moving.awk -- frames of one run, as concviz --frame --svg prints them, become one
# picture that moves.
#
#     awk -v step=0.2 -v hold=3 -f moving.awk FRAME.svg... >moving.svg
#
# A frame is shown for `step` seconds, the last one for `hold`; then all begins
# again. What several frames in turn have in common is there once, together with
# all else that is seen from the same frame to the same frame: a style says when.
# Who wants no motion, or looks with something that cannot move, sees the last
# frame.
#
# What lies on something else in its frame is in a higher layer, so that the order
# of what is in one layer does not matter; lines and text are in the highest.

BEGIN {
    highest = 9
}

FNR == 1 {
    frame++
    head = $0
    split("", boxes) # how many there are in each row of this frame
    next
}

FNR == 2 {
    ground = $0
    next
}

/^<\/svg>/ {
    next
}

{
    key = (/^<rect/ ? layer_of_box() : highest) SUBSEP $0
    if (!(key in number)) {
        number[key] = ++elements
        element[elements] = $0
        layer_of[elements] = key + 0
    }
    shown[number[key], frame] = 1
}

function value(name) {
    match($0, " " name "=\"[0-9.]+")
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) + 0
}

# One above all boxes of its row that this one covers some of.
function layer_of_box(    x, y, right, below, row, layer, i) {
    x = value("x")
    y = value("y")
    right = x + value("width")
    below = y + value("height")
    row = int(y / 24)
    layer = 1
    for (i = 1; i <= boxes[row]; i++)
        if (x < rights[row, i] && lefts[row, i] < right &&
            y < belows[row, i] && tops[row, i] < below &&
            layers[row, i] >= layer)
            layer = layers[row, i] + 1
    i = ++boxes[row]
    lefts[row, i] = x
    rights[row, i] = right
    tops[row, i] = y
    belows[row, i] = below
    layers[row, i] = layer
    return layer
}

# The class of what is seen from one frame to another.
function seen(from, to,    name) {
    name = "f" from "_" to
    if (!(name in styled)) {
        styled[name] = 1
        style = style "@keyframes " name "{" \
            (from > 1 ? "0%{visibility:hidden}" : "") \
            sprintf("%.2f%%{visibility:visible}", percent(from - 1)) \
            (to < frame ? sprintf("%.2f%%{visibility:hidden}", percent(to)) \
                : "") "}\n." name "{animation-name:" name "}\n"
    }
    return "m " name (to == frame ? " z" : "")
}

function percent(frames) {
    return 100 * frames * step / whole
}

# Every stretch of frames with this element, in the text of its layer.
function place(i,    from, to, key) {
    for (from = 1; from <= frame; from = to + 1) {
        to = from
        if (!((i, from) in shown))
            continue
        while ((i, to + 1) in shown)
            to++
        key = layer_of[i] SUBSEP from SUBSEP to
        if (!(key in text))
            order[++texts] = key
        text[key] = text[key] element[i] "\n"
    }
}

END {
    whole = (frame - 1) * step + hold
    for (i = 1; i <= elements; i++)
        place(i)
    for (layer = 1; layer <= highest; layer++)
        for (i = 1; i <= texts; i++) {
            split(order[i], at, SUBSEP)
            if (at[1] != layer)
                continue
            if (at[2] == 1 && at[3] == frame)
                body = body text[order[i]]
            else
                body = body "<g class=\"" seen(at[2], at[3]) "\">\n" \
                    text[order[i]] "</g>\n"
        }
    print head
    printf "<style>\n.m{visibility:hidden;animation:%gs step-end infinite}\n" \
        ".z{visibility:visible}\n", whole
    printf "%s@media(prefers-reduced-motion:reduce){.m{animation:none}}\n" \
        "</style>\n%s\n%s</svg>\n", style, ground, body
}
