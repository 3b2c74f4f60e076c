/*
 * prompt.c -- the simplest editor there is: text grows and shrinks at its end.
 */
#include "cli/page/prompt.h"

#include <string.h>

#include "render/output/terminal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    CTRL_U = 'U' - '@',
    AROUND = 9 /* cells of gaps, and of the cursor */
};

static void add(struct prompt *prompt, uint32_t key)
{
    size_t length = strlen(prompt->text);
    char bytes[4];
    size_t count = text_encode(bytes, key);

    if (length + count >= sizeof prompt->text)
        return;
    memcpy(prompt->text + length, bytes, count);
    prompt->text[length + count] = '\0';
}

/* One character, with the marks that were typed onto it. */
static void drop(struct prompt *prompt)
{
    char *end = prompt->text + strlen(prompt->text);
    uint32_t rune;

    do {
        do
            end--;
        while (end > prompt->text && ((unsigned char)*end & 0xC0) == 0x80);
        text_decode(end, &rune);
        *end = '\0';
    } while (end > prompt->text && text_rune_cells(rune) == 0);
}

enum prompt_did prompt_press(struct prompt *prompt, uint32_t key)
{
    if (key == TKEY_ENTER)
        return PROMPT_ENTERED;
    if (key == TKEY_ESCAPE || (key == TKEY_BACKSPACE && !prompt->text[0]))
        return PROMPT_CLOSED;
    if (key == TKEY_BACKSPACE)
        drop(prompt);
    else if (key == CTRL_U)
        prompt->text[0] = '\0';
    else if (key >= ' ' && key != 0x7F && key < TKEY_NONE)
        add(prompt, key);
    return PROMPT_STAYS;
}

void prompt_footer(struct strbuf *out, const struct prompt *prompt, int cells)
{
    const char *escape = _("close");
    int room = cells - AROUND - text_cells(prompt->label) -
               text_cells("Enter Esc ") - text_cells(prompt->enter) -
               text_cells(escape);
    char text[PROMPT_BYTES + 4];
    const char *end = text_clean(text, sizeof text, prompt->text);
    uint32_t rune;

    while (*end && text_cells(end) > room)
        end += text_decode(end, &rune);
    strbuf_addf(out, "%s\t%s_\nEnter\t%s\nEsc\t%s\n", prompt->label, end,
                prompt->enter, escape);
}
