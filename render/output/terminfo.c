/*
 * terminfo.c -- capabilities of the terminal, and bytes made of them.
 *
 * A signal handler may not ask the database, so what undoes everything is
 * written into a buffer while the terminal is opened.
 */
#include "render/output/terminfo.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"

enum {
    ROWS_USUAL = 24 /* of a terminal that does not say */
};

const char *terminfo_string(const char *name)
{
    const char *value = tigetstr(name);

    return value == (char *)-1 ? NULL : value;
}

bool terminfo_direct_color(void)
{
    return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 ||
           terminfo_string("RGB");
}

/* Many terminals tell their colours: COLORFGBG=15;0, the last number is the
 * background. Where none does, dark is more common. */
enum theme terminfo_theme(void)
{
    const char *colors = getenv("COLORFGBG");
    const char *background = colors ? strrchr(colors, ';') : NULL;
    int number = background ? (int)strtol(background + 1, NULL, 10) : 0;

    return number == 7 || (number >= 9 && number <= 15) ? THEME_LIGHT
                                                        : THEME_DARK;
}

bool terminfo_can_draw(struct diag *diag)
{
    const char *term = getenv("TERM");
    int found;
    bool can;

    if (!isatty(STDOUT_FILENO)) {
        diag_set(diag, NULL, 0, 0, _("standard output is not a terminal"));
        return false;
    }
    if (!term || !*term) {
        diag_set(diag, NULL, 0, 0,
                 _("TERM is not set; try TERM=xterm-256color concviz"));
        return false;
    }
    if (setupterm(term, STDOUT_FILENO, &found) != 0) {
        diag_set(diag, NULL, 0, 0,
                 _("TERM=%s is unknown here; try TERM=xterm-256color concviz"),
                 term);
        return false;
    }
    can = terminfo_string("cup") != NULL;
    del_curterm(cur_term);
    if (!can)
        diag_set(diag, NULL, 0, 0,
                 _("this terminal (TERM=%s) cannot move its cursor"), term);
    return can;
}

/* --- giving the terminal back --------------------------------------------- */

/* tputs() calls a function of one character and nothing else; what it
 * collects is gone again when terminfo_undo returns. */
static struct {
    char *bytes;
    size_t size, length;
} collected;

static int collect(int c)
{
    if (collected.length < collected.size)
        collected.bytes[collected.length++] = (char)c;
    return c;
}

static void add(const char *capability)
{
    if (capability)
        tputs(capability, 1, collect);
}

static void collect_in(char *bytes, size_t size)
{
    collected.bytes = bytes;
    collected.size = size;
    collected.length = 0;
}

const char *terminfo_whole_region(char *bytes, size_t size, int rows)
{
    const char *region = terminfo_string("csr");

    collect_in(bytes, size - 1);
    if (region)
        add(tiparm(region, 0, rows - 1));
    bytes[collected.length] = '\0';
    return bytes;
}

void terminfo_plain(char *bytes, size_t size)
{
    collect_in(bytes, size - 1);
    add(terminfo_string("sgr0"));
    add(terminfo_string("rmacs"));
    bytes[collected.length] = '\0';
}

/* What a terminal with these capabilities needs. */
static void add_undo(int rows)
{
    const char *move = terminfo_string("cup");

    if (terminfo_string("kmous"))
        add("\033[?1000l\033[?1002l\033[?1003l\033[?1006l");
    add(terminfo_string("sgr0"));
    add(terminfo_string("op"));
    add(terminfo_string("rmkx"));
    add(terminfo_string("cnorm"));
    if (terminfo_string("rmcup")) {
        add(terminfo_string("rmcup"));
        /* Some terminals go back to the cursor ncurses saved: a hidden one. */
        add(terminfo_string("cnorm"));
    } else if (move) {
        /* No screen to go back to: end below the picture, on a clean line. */
        add(tiparm(move, rows - 1, 0));
        add(terminfo_string("el"));
    }
}

static int count_rows(void)
{
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row
               ? size.ws_row
               : ROWS_USUAL;
}

size_t terminfo_undo(char *bytes, size_t size)
{
    int found;

    collect_in(bytes, size);
    if (setupterm(NULL, STDOUT_FILENO, &found) == 0) {
        add_undo(count_rows());
        del_curterm(cur_term);
    }
    return collected.length;
}
