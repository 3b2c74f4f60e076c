#include "cli/player/keys.h"

#include <stdlib.h>
#include <string.h>

#include "cli/player/keys_table.h"
#include "render/scene/view.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

enum {
    RANKS = 12
};

static enum player_action find(uint32_t key)
{
    for (int i = 0; i < keys_bindings; i++)
        for (int k = 0; k < KEYS_EACH && keys_table[i].key[k]; k++)
            if (keys_table[i].key[k] == key)
                return keys_table[i].action;
    return ACTION_NONE;
}

enum player_action keys_action(uint32_t key)
{
    enum player_action action = key ? find(key) : ACTION_NONE;

    if (key >= '1' && key <= '9')
        return ACTION_PICK;
    if (action == ACTION_NONE && key >= 'A' && key <= 'Z')
        action = find(key - 'A' + 'a');
    return action;
}

enum player_action keys_action_named(const char *label)
{
    for (int i = 0; i < keys_bindings; i++)
        if ((keys_table[i].label && strcmp(keys_table[i].label, label) == 0) ||
            (keys_table[i].ascii_label &&
             strcmp(keys_table[i].ascii_label, label) == 0))
            return keys_table[i].action;
    return ACTION_NONE;
}

char **keys_help(bool ascii)
{
    char **help = xcalloc((size_t)keys_bindings + 1, sizeof *help);
    int rows = 0;

    for (int i = 0; i < keys_bindings; i++) {
        const struct binding *binding = &keys_table[i];
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
                       enum player_action except)
{
    bool ascii = view->glyphs == GLYPHS_ASCII;
    unsigned state = state_of(view);

    for (int rank = 1; rank < RANKS; rank++)
        for (int i = 0; i < keys_bindings; i++)
            if (keys_table[i].rank == rank && keys_table[i].state & state &&
                keys_table[i].action != except)
                strbuf_addf(out, "%s%s\t%s", out->length ? "\n" : "",
                            ascii && keys_table[i].ascii_label
                                ? keys_table[i].ascii_label
                                : keys_table[i].label,
                            _(keys_table[i].meaning));
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
