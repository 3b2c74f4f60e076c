/*
 * keys.h -- what each key does: one table, from which the help comes too.
 *
 * Any thread.
 */
#ifndef CONCVIZ_CLI_PLAYER_KEYS_H
#define CONCVIZ_CLI_PLAYER_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "render/scene/view.h"

struct strbuf;

enum player_action {
    ACTION_NONE,
    ACTION_QUIT,
    ACTION_HELP,
    ACTION_PAUSE,
    ACTION_GO_ON,
    ACTION_STEP,
    ACTION_STEP_BACK,
    ACTION_SCRUB,
    ACTION_SCRUB_BACK,
    ACTION_LINE, /* the vertical one: there, or away */
    ACTION_LINE_LEFT,
    ACTION_LINE_RIGHT,
    ACTION_START,
    ACTION_END,
    ACTION_FASTER,
    ACTION_SLOWER,
    ACTION_SPEED_ONE,
    ACTION_ZOOM_IN,
    ACTION_ZOOM_OUT,
    ACTION_NEXT_MODE,
    ACTION_PREVIOUS_MODE,
    ACTION_UP,
    ACTION_DOWN,
    ACTION_ROWS,
    ACTION_FOLD,
    ACTION_WHY,
    ACTION_NUMBERS,
    ACTION_THEME,
    ACTION_BIG,
    ACTION_AGAIN,
    ACTION_COMPARE,
    ACTION_SCORE,
    ACTION_MORE_MACHINES,
    ACTION_FEWER_MACHINES,
    ACTION_SLICE,
    ACTION_POLICY,
    ACTION_LINES,
    ACTION_REPAINT,
    ACTION_CLOSE,
    ACTION_PICK, /* the digit says whom */
};

/*
 * What a key (a character or enum terminal_key) does. A letter that does
 * nothing as a capital does what the small one does: Caps Lock is no mistake.
 */
enum player_action keys_action(uint32_t key);

/* The action of the key a footer label or help row names ("Space", "q", "+-"):
 * the first of those it names. For clicks. */
enum player_action keys_action_named(const char *label);

/*
 * All rows of the help, "keys\tmeaning", translated, NULL at the end; ascii:
 * arrows as words. Free with keys_help_free.
 */
char **keys_help(bool ascii);
void keys_help_free(char **help);

/* Append the footer for this state: "keys\tmeaning\n…". */
void keys_footer(struct strbuf *out, const struct view *view);

/* The same for a run in a lesson: Enter goes on, the mode stays. */
void keys_footer_guest(struct strbuf *out, const struct view *view);

#endif
