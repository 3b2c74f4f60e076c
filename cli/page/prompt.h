/*
 * prompt.h -- one line of text that is typed into the footer.
 *
 * Any thread; plain data.
 */
#ifndef CONCVIZ_CLI_PAGE_PROMPT_H
#define CONCVIZ_CLI_PAGE_PROMPT_H

#include <stdint.h>

struct strbuf;

enum {
    PROMPT_BYTES = 1024
};

struct prompt {
    const char *label;       /* what is asked for … */
    const char *enter;       /* … and what Enter does with it; borrowed */
    char text[PROMPT_BYTES]; /* typed so far */
};

enum prompt_did {
    PROMPT_STAYS,
    PROMPT_ENTERED,
    PROMPT_CLOSED /* with Esc, or by deleting more than there is */
};

/* What a key does to the text: characters are added as they come, so Hangul is
 * Hangul here; Backspace takes one away, Ctrl-U all. */
enum prompt_did prompt_press(struct prompt *prompt, uint32_t key);

/* Append a footer that shows the prompt in so many cells: of a long text its
 * end. */
void prompt_footer(struct strbuf *out, const struct prompt *prompt, int cells);

#endif
