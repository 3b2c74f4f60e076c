#include "cli/keys.h"

#include <stdlib.h>
#include <string.h>

#include "render/backend.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

enum {
    KEYS_EACH = 5,
    CTRL_L = 'L' - '@'
};

/* In which states the footer offers a key. */
enum state {
    WHILE_MOVING = 1 << 0,
    WHILE_PAUSED = 1 << 1,
    WHEN_ENDED = 1 << 2,
    IN_PANEL = 1 << 3,
    ON_SCREEN = WHILE_MOVING | WHILE_PAUSED | WHEN_ENDED,
};

/*
 * Rows with a help text make up the help, in this order; rows without stand
 * below the one that explains them. label is what the footer calls the keys
 * of the row (NULL: not in the footer); the footer has its own order: rank.
 */
struct binding {
    enum action action;
    uint32_t key[KEYS_EACH];
    const char *keys, *ascii_keys;   /* as the help writes them */
    const char *help;                /* marked with N_() */
    const char *label, *ascii_label; /* the keys, in the footer */
    const char *meaning;             /* in the footer, marked with N_() */
    unsigned state;                  /* enum state */
    int rank;
};

static const struct binding table[] = {
    { ACTION_PAUSE,
      { ' ' },
      "Space",
      NULL,
      N_("pause, go on"),
      "Space",
      NULL,
      N_("pause"),
      WHILE_MOVING,
      1 },
    { ACTION_PAUSE,
      { 0 },
      NULL,
      NULL,
      NULL,
      "Space",
      NULL,
      N_("go on"),
      WHILE_PAUSED,
      1 },
    { ACTION_PAUSE,
      { 0 },
      NULL,
      NULL,
      NULL,
      "Space",
      NULL,
      N_("replay"),
      WHEN_ENDED,
      1 },
    { ACTION_GO_ON,
      { TKEY_ENTER },
      "Enter",
      NULL,
      N_("go on"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_STEP,
      { TKEY_RIGHT, 'l', '.', TKEY_PAGE_DOWN },
      "→ l . PgDn",
      "Right l . PgDn",
      N_("one event forward, and pause"),
      "←→",
      "Left/Right",
      N_("step"),
      ON_SCREEN,
      2 },
    { ACTION_STEP_BACK,
      { TKEY_LEFT, 'h', ',', TKEY_PAGE_UP },
      "← h , PgUp",
      "Left h , PgUp",
      N_("one event back, and pause"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_SCRUB,
      { ')' },
      ")",
      NULL,
      N_("a stretch of time forward"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_SCRUB_BACK,
      { '(' },
      "(",
      NULL,
      N_("a stretch of time back"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_LINE,
      { 'v' },
      "v",
      NULL,
      N_("the vertical line: count along, or away with it"),
      "v",
      NULL,
      N_("count"),
      WHILE_PAUSED | WHEN_ENDED,
      6 },
    { ACTION_LINE_RIGHT,
      { TKEY_SHIFT_RIGHT },
      "Shift-→",
      "Shift-Right",
      N_("the vertical line to the right"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_LINE_LEFT,
      { TKEY_SHIFT_LEFT },
      "Shift-←",
      "Shift-Left",
      N_("the vertical line to the left"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_START,
      { 'g', TKEY_HOME },
      "g Home",
      NULL,
      N_("to the start"),
      "g",
      NULL,
      N_("start"),
      WHEN_ENDED,
      3 },
    { ACTION_END,
      { 'G', TKEY_END },
      "G End",
      NULL,
      N_("to the end, or to the live edge"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_FASTER,
      { '+', '=', '>' },
      "+ = >",
      NULL,
      N_("faster"),
      "+-",
      NULL,
      N_("speed"),
      WHILE_MOVING | WHILE_PAUSED,
      3 },
    { ACTION_SLOWER,
      { '-', '<', '_' },
      "- <",
      NULL,
      N_("slower"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_SPEED_ONE,
      { '0' },
      "0",
      NULL,
      N_("real speed"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_ZOOM_IN,
      { ']' },
      "]",
      NULL,
      N_("zoom in"),
      "[]",
      NULL,
      N_("zoom"),
      WHEN_ENDED,
      4 },
    { ACTION_ZOOM_OUT,
      { '[' },
      "[",
      NULL,
      N_("zoom out"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_UP,
      { TKEY_UP, 'k' },
      "↑ k",
      "Up k",
      N_("the person above; scroll up"),
      "↑↓",
      "Up/Down",
      N_("scroll"),
      IN_PANEL,
      2 },
    { ACTION_DOWN,
      { TKEY_DOWN, 'j' },
      "↓ j",
      "Down j",
      N_("the person below; scroll down"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_NEXT_MODE,
      { TKEY_TAB },
      "Tab",
      NULL,
      N_("run it again in the next mode"),
      "Tab",
      NULL,
      N_("mode"),
      ON_SCREEN,
      5 },
    { ACTION_PREVIOUS_MODE,
      { TKEY_BACKTAB },
      "Shift-Tab",
      NULL,
      N_("run it again in the mode before"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_COMPARE,
      { 'c' },
      "c",
      NULL,
      N_("compare with another mode, or back"),
      "c",
      NULL,
      N_("compare"),
      WHEN_ENDED,
      6 },
    { ACTION_AGAIN,
      { 'r' },
      "r",
      NULL,
      N_("run it again"),
      "r",
      NULL,
      N_("again"),
      WHEN_ENDED,
      6 },
    { ACTION_ROWS,
      { 'm' },
      "m",
      NULL,
      N_("rows by machine or by person"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_FOLD,
      { 'z' },
      "z",
      NULL,
      N_("many people in groups, or one by one"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_WHY,
      { 'w' },
      "w",
      NULL,
      N_("why is this one waiting?"),
      "w",
      NULL,
      N_("why"),
      WHILE_PAUSED | WHEN_ENDED,
      7 },
    { ACTION_NUMBERS,
      { 'n' },
      "n",
      NULL,
      N_("the numbers and what they mean"),
      "n",
      NULL,
      N_("numbers"),
      WHEN_ENDED,
      8 },
    { ACTION_THEME,
      { 't' },
      "t",
      NULL,
      N_("dark, light, or no colours"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_BIG,
      { 'b' },
      "b",
      NULL,
      N_("big letters"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_REPAINT,
      { CTRL_L },
      "Ctrl-L",
      NULL,
      N_("paint everything again"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_MORE_MACHINES,
      { '}' },
      "}",
      NULL,
      N_("run it again with one machine more"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_FEWER_MACHINES,
      { '{' },
      "{",
      NULL,
      N_("run it again with one machine fewer"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_SLICE,
      { 'x' },
      "x",
      NULL,
      N_("run it again with another time slice"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_POLICY,
      { 'p' },
      "p",
      NULL,
      N_("run it again with another policy"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_LINES,
      { 'o' },
      "o",
      NULL,
      N_("run it again with lines shared, or own"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_SCORE,
      { 's' },
      "s",
      NULL,
      N_("the score (after --policy pick)"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_PICK,
      { 0 },
      "1-9",
      NULL,
      N_("who is next (with --policy pick)"),
      NULL,
      NULL,
      NULL,
      0,
      0 },
    { ACTION_CLOSE,
      { TKEY_ESCAPE },
      "Esc",
      NULL,
      N_("close this"),
      "Esc q",
      NULL,
      N_("close"),
      IN_PANEL,
      9 },
    { ACTION_HELP,
      { '?' },
      "?",
      NULL,
      N_("this help"),
      "?",
      NULL,
      N_("help"),
      ON_SCREEN,
      10 },
    { ACTION_QUIT,
      { 'q' },
      "q Ctrl-C",
      NULL,
      N_("quit"),
      "q",
      NULL,
      N_("quit"),
      ON_SCREEN,
      11 },
};

enum {
    BINDINGS = sizeof table / sizeof *table,
    RANKS = 12
};

static enum action find(uint32_t key)
{
    for (int i = 0; i < BINDINGS; i++)
        for (int k = 0; k < KEYS_EACH && table[i].key[k]; k++)
            if (table[i].key[k] == key)
                return table[i].action;
    return ACTION_NONE;
}

enum action keys_action(uint32_t key)
{
    enum action action = key ? find(key) : ACTION_NONE;

    if (key >= '1' && key <= '9')
        return ACTION_PICK;
    if (action == ACTION_NONE && key >= 'A' && key <= 'Z')
        action = find(key - 'A' + 'a');
    return action;
}

enum action keys_action_named(const char *label)
{
    for (int i = 0; i < BINDINGS; i++)
        if ((table[i].label && strcmp(table[i].label, label) == 0) ||
            (table[i].ascii_label && strcmp(table[i].ascii_label, label) == 0))
            return table[i].action;
    return ACTION_NONE;
}

char **keys_help(bool ascii)
{
    char **help = xcalloc(BINDINGS + 1, sizeof *help);
    int rows = 0;

    for (int i = 0; i < BINDINGS; i++) {
        const struct binding *binding = &table[i];
        struct strbuf row;

        if (!binding->help)
            continue;
        strbuf_init(&row);
        strbuf_addf(&row, "%s\t%s",
                    ascii && binding->ascii_keys ? binding->ascii_keys
                                                 : binding->keys,
                    _(binding->help));
        help[rows++] = xstrdup(row.text);
        strbuf_fini(&row);
    }
    return help;
}

void keys_help_free(char **help)
{
    for (int i = 0; help && help[i]; i++)
        free(help[i]);
    free(help);
}

static unsigned state_of(const struct view *view)
{
    if (view->panel != PANEL_NONE)
        return IN_PANEL;
    switch (view->play) {
    case PLAY_PAUSED:
        return WHILE_PAUSED;
    case PLAY_ENDED:
        return WHEN_ENDED;
    default:
        return WHILE_MOVING;
    }
}

static void add_footer(struct strbuf *out, const struct view *view,
                       enum action except)
{
    bool ascii = view->glyphs == GLYPHS_ASCII;
    unsigned state = state_of(view);

    for (int rank = 1; rank < RANKS; rank++)
        for (int i = 0; i < BINDINGS; i++)
            if (table[i].rank == rank && table[i].state & state &&
                table[i].action != except)
                strbuf_addf(out, "%s%s\t%s", out->length ? "\n" : "",
                            ascii && table[i].ascii_label ? table[i].ascii_label
                                                          : table[i].label,
                            _(table[i].meaning));
}

void keys_footer(struct strbuf *out, const struct view *view)
{
    add_footer(out, view, ACTION_NONE);
}

void keys_footer_guest(struct strbuf *out, const struct view *view)
{
    if (state_of(view) != IN_PANEL)
        strbuf_addf(out, "Enter\t%s",
                    view->play == PLAY_ENDED ? _("go on") : _("to the end"));
    add_footer(out, view, ACTION_NEXT_MODE);
}
