/*
 * web_words.c -- everything the page says that no run says, from the same
 * catalogue as the terminal's words.
 *
 * The script has no sentence of its own: it finds each by a short name.
 */
#include "render/cells/palette.h"
#include "render/draw/mark.h"
#include "render/web/web_page_internal.h"
#include "render/words/duration.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"

struct web_word {
    const char *name, *text; /* N_() */
};

static const struct web_word words[] = {
    { "inProgress", N_("IN PROGRESS") },
    { "working", N_("WORKING") },
    { "most", N_("most") },
    { "running", N_("RUN") },
    { "paused", N_("PAUSED") },
    { "ended", N_("ENDED") },
    { "compare", N_("COMPARE") },
    { "lines", N_("LINE %d") },
    { "line", N_("LINE") },
    { "machine", N_("MACHINE") },
    { "away", N_("AWAITING") },
    { "done", N_("DONE") },
    { "empty", N_("(empty)") },
    { "free", N_("(free)") },
    { "back", N_("ready again: back of the line") },
    { "more", N_("… %d more") },
    { "io", N_("I/O") },
    { "timeline", N_("TIMELINE") },
    { "program", N_("PROGRAM") },
    { "values", N_("VALUES") },
    { "output", N_("OUTPUT") },
    { "nothing", N_("(nothing said yet)") },
    { "cpu", N_("CPU") },
    { "machineRow", N_("M%d") },
    { "play", N_("play") },
    { "pause", N_("pause") },
    { "start", N_("to the start") },
    { "back1", N_("one event back, and pause") },
    { "step1", N_("one event forward, and pause") },
    { "end", N_("to the end") },
    { "slower", N_("slower") },
    { "faster", N_("faster") },
    { "speed", N_("speed") },
    { "instant", N_("the instant shown") },
    { "count", N_("show or hide the vertical line that counts") },
    { "zoomIn", N_("zoom in") },
    { "zoomOut", N_("zoom out") },
    { "theme", N_("dark or light") },
    { "big", N_("big letters") },
    { "help", N_("this help") },
    { "close", N_("close this") },
    { "panes", N_("the program and its values, its output, the picture") },
    { "numbers", N_("the numbers and what they mean") },
    { "prediction", N_("Your prediction") },
    { "show", N_("Show what happens") },
    { "predicted", N_("You predicted") },
    { "happened", N_("What happened") },
    { "order", N_("Done in this order: {0}.") },
    { "findWhat", N_("find a person, or a state") },
    { "findNext", N_("find the next one") },
    { "findBefore", N_("find the one before") },
    { "found", N_("{0}: {1}, at {2}") },
    { "notFound", N_("nobody is called {0}; the states are: {1}") },
    { "noneAfter", N_("after this instant nobody comes into this state") },
    { "noneBefore", N_("before this instant nobody came into this state") },
    { "mark", N_("mark: twice for how long, once more for none") },
    { "marked", N_("a mark at {0}; a again, somewhere else: how long") },
    { "between", N_("BETWEEN THE MARKS: {0}, from {1} to {2}") },
};

/* By the letters of states on the page. */
static const struct web_word states[] = {
    { "R", N_("running") },   { "L", N_("in line") }, { "A", N_("awaiting") },
    { "B", N_("blocked") },   { "H", N_("held") },    { "S", N_("stolen") },
    { "X", N_("switching") }, { "D", N_("done") },
};

/* The keys of the live screen, as far as a page has a use for them. */
static const struct web_word keys[] = {
    { "Space", N_("pause, go on") },
    { "← →  h l  , .", N_("one event back or forward, and pause") },
    { "( )", N_("a stretch of time back or forward") },
    { "Home End  g G", N_("to the start, to the end") },
    { "+ -", N_("faster, slower") },
    { "0", N_("real speed") },
    { "v", N_("show or hide the vertical line that counts") },
    { "Shift+← →", N_("move the vertical line") },
    { "a", N_("mark: twice for how long, once more for none") },
    { "/", N_("find a person, or a state") },
    { "; :", N_("find the next one, the one before") },
    { "[ ]", N_("zoom out, zoom in") },
    { "↑ ↓  k j", N_("the person above, below") },
    { "w", N_("why is this one waiting?") },
    { "n", N_("the numbers and what they mean") },
    { "m", N_("show rows by machine or by person") },
    { "i", N_("the program and its values, its output, the picture") },
    { "t", N_("dark or light") },
    { "b", N_("big letters") },
    { "?", N_("this help") },
    { "Esc", N_("close this") },
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void write_words(struct json *json, const char *name,
                        const struct web_word *word, size_t count)
{
    json_begin(json, name, '{');
    for (size_t i = 0; i < count; i++)
        json_string(json, word[i].name, _(word[i].text));
    json_end(json, '}');
}

/* Who looks for a state may say it in English, too. */
static void write_state_names(struct json *json)
{
    json_begin(json, "stateNames", '{');
    for (size_t i = 0; i < COUNT(states); i++)
        json_string(json, states[i].name, states[i].text);
    json_end(json, '}');
}

/* [key, what it does], in this order. */
static void write_keys(struct json *json)
{
    json_begin(json, "keys", '[');
    for (size_t i = 0; i < COUNT(keys); i++) {
        json_begin(json, NULL, '[');
        json_string(json, NULL, keys[i].name);
        json_string(json, NULL, _(keys[i].text));
        json_end(json, ']');
    }
    json_end(json, ']');
}

/* [letter, word] by enum history_mark, from the first one on. */
static void write_marks(struct json *json)
{
    json_begin(json, "marks", '[');
    for (int i = MARK_NONE + 1; i < MARKS; i++) {
        json_begin(json, NULL, '[');
        json_string(json, NULL, (const char[]){ mark_sign[i].letter, '\0' });
        json_string(json, NULL, _(mark_sign[i].word));
        json_end(json, ']');
    }
    json_end(json, ']');
}

/* [from, ns, sign, decimals]: times that go up to `from` or further have this
 * unit; the longest first. */
static void write_units(struct json *json)
{
    json_begin(json, "units", '[');
    for (int i = 0; i < DURATION_CHOICES; i++) {
        const struct unit_choice *choice = &duration_choice[i];

        json_begin(json, NULL, '[');
        json_int(json, NULL, choice->from_ns);
        json_int(json, NULL, choice->unit.ns);
        json_string(json, NULL, choice->unit.sign);
        json_int(json, NULL, choice->unit.decimals);
        json_end(json, ']');
    }
    json_end(json, ']');
}

/* For each colour of a task: a bar, a letter on it, a shade for who waits. */
static void write_theme(struct json *json, const char *name, enum theme theme)
{
    struct palette palette;

    palette_init(&palette, theme, PALETTE_DIRECT);
    json_begin(json, name, '[');
    for (int i = 0; i < TASK_COLOURS; i++) {
        struct cell cell = {
            .rune = 'A', .width = 1, .role = ROLE_TASK, .under = -1
        };
        struct paint block, shade;

        cell.task = (int16_t)i;
        block = palette_paint(&palette, &cell);
        cell.role = ROLE_TASK_BAR;
        cell.rune = 0x2588;
        cell.task = -1;
        cell.under = (int16_t)UNDER_WAIT(i);
        shade = palette_paint(&palette, &cell);
        json_begin(json, NULL, '[');
        json_int(json, NULL, block.bg);
        json_int(json, NULL, block.fg);
        json_int(json, NULL, shade.fg);
        json_end(json, ']');
    }
    json_end(json, ']');
}

void web_words_write(struct json *json)
{
    write_words(json, "words", words, COUNT(words));
    write_words(json, "states", states, COUNT(states));
    write_state_names(json);
    write_keys(json);
    write_marks(json);
    write_units(json);
    json_begin(json, "colours", '{');
    write_theme(json, "dark", THEME_DARK);
    write_theme(json, "light", THEME_LIGHT);
    json_end(json, '}');
}
