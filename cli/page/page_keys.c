/*
 * page_keys.c -- tables of keys: looking them up, and writing about them.
 *
 * The names of keys come from the keys themselves, so that a row cannot name
 * one it does not have. Terminals without arrows get them as words.
 */
#include "cli/page/page_keys.h"

#include <stdlib.h>
#include <string.h>

#include "render/output/terminal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    RANKS = 12,
    ARROW_LEFT = 0x2190, /* up, right and down follow */
    ARROW_DOWN = 0x2193
};

/* --- looking up ----------------------------------------------------------- */

/* The row at this place or, if its table ends here, the first one of the next
 * table; NULL at the very end. */
static const struct key_binding *row_at(const struct key_binding *row)
{
    while (row && !row->key[0] && !row->footer)
        row = row->more;
    return row;
}

static bool has_key(const struct key_binding *row, uint32_t key)
{
    if (row->last)
        return key >= row->key[0] && key <= row->last;
    for (int i = 0; i < KEYS_EACH && row->key[i]; i++)
        if (row->key[i] == key)
            return true;
    return false;
}

static const struct key_binding *find(const struct key_binding *table,
                                      uint32_t key)
{
    const struct key_binding *row = row_at(table);

    while (row && !has_key(row, key))
        row = row_at(row + 1);
    return row;
}

const struct key_binding *page_keys_find(const struct key_binding *table,
                                         uint32_t key)
{
    const struct key_binding *row = find(table, key);

    if (!row && key >= 'A' && key <= 'Z')
        row = find(table, key - 'A' + 'a');
    return row;
}

bool page_keys_press(const struct key_binding *table, void *screen,
                     uint32_t key)
{
    const struct key_binding *row = page_keys_find(table, key);

    if (!row)
        return false;
    if (!has_key(row, key))
        key += 'a' - 'A';
    if (row->act)
        row->act(screen,
                 row->amount + (row->last ? (int)(key - row->key[0]) : 0));
    return true;
}

/* --- writing -------------------------------------------------------------- */

/* In the order of enum terminal_key, from TKEY_ESCAPE on. */
static const char *const key_name[] = {
    "Esc",     "Enter", "Tab",  "Shift-Tab", "Backspace", "Del",     "Ins",
    "←",       "→",     "↑",    "↓",         "Shift-←",   "Shift-→", "Shift-↑",
    "Shift-↓", "PgUp",  "PgDn", "Home",      "End",
};

static void add_key(struct strbuf *out, uint32_t key)
{
    if (key > TKEY_NONE)
        strbuf_adds(out, key_name[key - TKEY_ESCAPE]);
    else if (key == ' ')
        strbuf_adds(out, "Space");
    else
        strbuf_addf(out, key < ' ' ? "Ctrl-%c" : "%c",
                    (int)(key < ' ' ? key + '@' : key));
}

/* Where there are no arrows, "←→" is "Left/Right". */
static void add_name(struct strbuf *out, const char *name, bool ascii)
{
    static const char *const word[] = { "Left", "Up", "Right", "Down" };
    bool after_arrow = false;

    while (*name) {
        uint32_t rune;
        size_t bytes = text_decode(name, &rune);
        bool arrow = ascii && rune >= ARROW_LEFT && rune <= ARROW_DOWN;

        if (arrow)
            strbuf_addf(out, "%s%s", after_arrow ? "/" : "",
                        word[rune - ARROW_LEFT]);
        else
            strbuf_add(out, name, bytes);
        after_arrow = arrow;
        name += bytes;
    }
}

/* Does the key do what this row says, or has a row before it taken it? */
static bool works(const struct key_binding *table,
                  const struct key_binding *row, uint32_t key)
{
    const struct key_binding *first = find(table, key);

    return !first || (first->act == row->act && first->amount == row->amount);
}

/* The names of the row's keys, or only of the first one. */
static void add_names(struct strbuf *out, const struct key_binding *table,
                      const struct key_binding *row, const char *instead,
                      int count, bool ascii)
{
    struct strbuf names;

    strbuf_init(&names);
    if (instead)
        strbuf_adds(&names, instead);
    else
        for (int i = 0; i < count && row->key[i]; i++)
            if (works(table, row, row->key[i])) {
                strbuf_adds(&names, i ? " " : "");
                add_key(&names, row->key[i]);
            }
    add_name(out, names.text, ascii);
    strbuf_fini(&names);
}

static void add_label(struct strbuf *out, const struct key_binding *row,
                      bool ascii)
{
    add_names(out, row, row, row->label, 1, ascii);
}

const struct key_binding *page_keys_labelled(const struct key_binding *table,
                                             const char *label)
{
    const struct key_binding *row = row_at(table), *found = NULL;
    struct strbuf own;

    strbuf_init(&own);
    for (; row && !found; row = row_at(row + 1))
        for (int ascii = 0; row->footer && ascii < 2 && !found; ascii++) {
            strbuf_clear(&own);
            add_label(&own, row, ascii);
            found = strcmp(own.text, label) == 0 ? row : NULL;
        }
    strbuf_fini(&own);
    return found;
}

char **page_keys_help(const struct key_binding *table, bool ascii)
{
    const struct key_binding *row;
    size_t count = 0;
    char **help;

    for (row = row_at(table); row; row = row_at(row + 1))
        count++;
    help = xcalloc(count + 1, sizeof *help);
    count = 0;
    for (row = row_at(table); row; row = row_at(row + 1)) {
        struct strbuf text;

        if (!row->help || !works(table, row, row->key[0]))
            continue;
        strbuf_init(&text);
        add_names(&text, table, row, row->keys, KEYS_EACH, ascii);
        strbuf_addf(&text, "\t%s", _(row->help));
        help[count++] = xstrdup(text.text);
        strbuf_fini(&text);
    }
    return help;
}

void page_keys_help_free(char **help)
{
    for (int i = 0; help && help[i]; i++)
        free(help[i]);
    free(help);
}

static void add_to_footer(struct strbuf *out, const struct key_binding *row,
                          bool ascii)
{
    strbuf_adds(out, out->length ? "\n" : "");
    add_label(out, row, ascii);
    strbuf_addf(out, "\t%s", _(row->footer));
}

void page_keys_footer(struct strbuf *out, const struct key_binding *table,
                      unsigned state, bool ascii)
{
    for (int rank = 0; rank < RANKS; rank++)
        for (const struct key_binding *row = row_at(table); row;
             row = row_at(row + 1))
            if (row->footer && row->rank == rank && row->when & state &&
                works(table, row, row->key[0]))
                add_to_footer(out, row, ascii);
}
