/*
 * terminal_curses.c -- cells on a terminal: the only file that sees <curses.h>.
 *
 * There is one window, filled row by row from the cells; ncurses compares it
 * with what the terminal shows and sends the difference. What makes that
 * smooth is not obvious:
 *
 *  - Priming. Until its first endwin() ncurses flushes after every cursor
 *    movement, so a frame would be dozens of write(2) and tear. terminal_open
 *    calls endwin() and refresh() once; from then on a frame is one write.
 *  - typeahead(-1). Otherwise a frame is abandoned half drawn while a key is
 *    held down.
 *  - No clear(): it blanks the terminal first. Every frame fills every cell
 *    of a row that is not as it was.
 *  - Keys are read until there is none after every wake-up, because
 *    KEY_RESIZE comes from a flag and not from the file descriptor. They are
 *    read through a pad: reading through the window would first paint it, and
 *    after a change of size what is in it is the old picture.
 *  - After a change of size the scrolling region is set anew: the terminal may
 *    have read that of the old size when it had the new one already.
 *
 * Signals that end or stop the program belong to terminal_restore.c; SIGWINCH
 * to ncurses.
 */
#define NCURSES_WIDECHAR 1

#include "render/output/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "render/cells/cells.h"
#include "render/cells/palette.h"
#include "render/output/shown.h"
#include "render/output/terminal_input.h"
#include "render/output/terminal_pace.h"
#include "render/output/terminal_restore.h"
#include "render/output/terminal_stuck.h"
#include "render/output/terminfo.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

enum {
    ESCAPE_DELAY_MS = 25, /* how long an Esc may be the start of a key */
    PAIRS_MAX = 512,
    UNPRINTABLE = '?',
    /* Our own key codes, beyond those of ncurses: where the cursor stood
     * after one line-drawing character. */
    CODE_WIDTH_1 = KEY_MAX + 1,
    CODE_WIDTH_2,
    CODE_WIDTH_3,
    CODE_HERE, /* and at the top left, where a frame leaves it */
};

/* The terminal this process has; there is only one, and ncurses' own state is
 * as global as this. Main thread only. */
static struct {
    SCREEN *screen;
    WINDOW *keys; /* a pad nobody sees; keys are read through it */
    struct terminal_input input;
    struct palette palette;
    bool unicode;
    bool asked_width;
    struct terminal_pace pace;
    struct {
        int foreground, background;
    } pair[PAIRS_MAX];
    int pair_count;
    cchar_t *row;
    int row_size;
    struct shown shown; /* what ncurses has got already */
    MEVENT mouse;
} terminal;

/* Past stdio and past ncurses, at once. */
static void send_bytes(const char *bytes)
{
    ssize_t written = write(STDOUT_FILENO, bytes, strlen(bytes));

    (void)written;
}

/* --- colours -------------------------------------------------------------- */

/* The pair of these two colours; made at first use. 0 is the default pair,
 * also when there are no more. */
static int color_pair(int foreground, int background)
{
    int pair;

    if (foreground < 0 && background < 0)
        return 0;
    for (pair = 1; pair < terminal.pair_count; pair++)
        if (terminal.pair[pair].foreground == foreground &&
            terminal.pair[pair].background == background)
            return pair;
    if (pair >= PAIRS_MAX || pair >= COLOR_PAIRS)
        return 0;
    if (init_extended_pair(pair, foreground, background) == ERR)
        return 0;
    terminal.pair[pair].foreground = foreground;
    terminal.pair[pair].background = background;
    terminal.pair_count = pair + 1;
    return pair;
}

void terminal_theme(enum theme theme)
{
    int colours = !has_colors()             ? 0
                  : terminfo_direct_color() ? PALETTE_DIRECT
                                            : COLORS;

    if (colours < 8)
        theme = THEME_MONO;
    palette_init(&terminal.palette,
                 theme == THEME_AUTO ? terminfo_theme() : theme, colours);
    terminal_repaint();
}

enum theme terminal_theme_now(void)
{
    return terminal.palette.theme;
}

/* --- opening and closing -------------------------------------------------- */

/* Where is the cursor? The answer comes like a key once all before has been
 * read. */
static bool can_ask(void)
{
    const char *report = terminfo_string("u7");

    return report && strcmp(report, "\033[6n") == 0;
}

static void ask(const char *question)
{
    send_bytes(question);
    terminal_pace_ask(&terminal.pace, clock_now_ns());
}

/* Line drawing is one cell wide nearly everywhere. Ask, and go on: only where
 * it is another does anything change. */
static void ask_width(void)
{
    terminal_pace_init(&terminal.pace);
    if (!can_ask())
        return;
    define_key("\033[1;1R", CODE_HERE);
    define_key("\033[1;2R", CODE_WIDTH_1);
    define_key("\033[1;3R", CODE_WIDTH_2);
    define_key("\033[1;4R", CODE_WIDTH_3);
    ask(terminal.unicode ? "\033[H\342\224\200\033[6n\r\033[K"
                         : "\033[H\033[6n");
    terminal.asked_width = terminal.unicode;
}

static void set_modes(const struct terminal_options *options)
{
    cbreak();
    noecho();
    nonl();
    noqiflush(); /* Ctrl-Z would throw away what gives the terminal back */
    terminal.keys = newpad(1, 1);
    keypad(terminal.keys, TRUE);
    nodelay(terminal.keys, TRUE);
    typeahead(-1);
    curs_set(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    if (options->mouse) {
        mouseinterval(0);
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    }
}

bool terminal_can_draw(struct diag *diag)
{
    return terminfo_can_draw(diag);
}

/* A key would be heard only after Enter. */
static bool hears_lines(void)
{
    struct termios modes;

    return tcgetattr(STDOUT_FILENO, &modes) == 0 && modes.c_lflag & ICANON;
}

/* Begin to draw. False if ncurses refuses. */
static bool begin(const struct terminal_options *options)
{
    terminal.screen = newterm(NULL, stdout, terminal.input.file);
    if (!terminal.screen)
        return false;
    terminal.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    terminal.pair_count = 1;
    set_modes(options);
    endwin(); /* priming: see the top of this file */
    refresh();
    if (hears_lines()) /* the system has refused, which ncurses does not say */
        reset_prog_mode();
    terminal_stuck_init(STDOUT_FILENO, terminal.input.fd);
    ask_width();
    terminal_theme(options->theme);
    return true;
}

/* Armed before ncurses does anything: from its first byte on the terminal can
 * be left in a bad state, and a signal that is ours is not taken by ncurses,
 * which would make an exit() of a SIGINT, and lose a Ctrl-Z while it draws. Where
 * it cannot be known how to give the terminal back, it is not taken. */
bool terminal_open(const struct terminal_options *options, struct diag *diag)
{
    char undo[RESTORE_BYTES_MAX];
    size_t length;

    if (!terminfo_can_draw(diag) || !terminal_input_open(&terminal.input, diag))
        return false;
    length = terminfo_undo(undo, sizeof undo);
    if (length > 0 && terminal_restore_remember(STDOUT_FILENO)) {
        terminal_restore_arm(undo, length, &terminal.pace.expected);
        if (!getenv("ESCDELAY"))
            set_escdelay(ESCAPE_DELAY_MS);
        if (begin(options))
            return true;
        terminal_restore_now();
    }
    terminal_input_close(&terminal.input);
    diag_set(diag, NULL, 0, 0, _("the terminal could not be opened"));
    return false;
}

/* Not by endwin(): it would wait until the terminal has read everything. */
void terminal_close(void)
{
    if (!terminal.screen)
        return;
    terminal_restore_now();
    terminal_stuck_fini();
    delwin(terminal.keys);
    delscreen(terminal.screen);
    terminal_input_close(&terminal.input);
    free(terminal.row);
    shown_fini(&terminal.shown);
    memset(&terminal, 0, sizeof terminal);
}

/* The terminal was lent at Ctrl-Z, or a shell has set it for its own line after
 * a SIGSTOP: begin anew. */
void terminal_continue(void)
{
    if (hears_lines()) {
        endwin();
        refresh();
    }
    terminal_pace_forget(&terminal.pace);
    terminal_repaint();
}

bool terminal_unicode(void)
{
    return terminal.unicode;
}

int terminal_fd(void)
{
    return terminal.input.fd;
}

/* --- drawing -------------------------------------------------------------- */

void terminal_size(int *width, int *height)
{
    *width = COLS;
    *height = LINES;
}

void terminal_repaint(void)
{
    clearok(curscr, TRUE);
    shown_forget(&terminal.shown);
}

static attr_t attributes(unsigned paint)
{
    return (paint & PAINT_BOLD ? A_BOLD : 0) |
           (paint & PAINT_REVERSE ? A_REVERSE : 0) |
           (paint & PAINT_UNDERLINE ? A_UNDERLINE : 0) |
           (paint & PAINT_DIM ? A_DIM : 0);
}

/* One cell as ncurses wants it; returns how many of its cells that makes.
 * Where its idea of a width is not ours, the row would shift: then characters
 * that are certainly there stand in. */
static int to_cchars(cchar_t *out, const struct cell *cell)
{
    struct paint paint = palette_paint(&terminal.palette, cell);
    int pair = color_pair(paint.fg, paint.bg), count = 1;
    wchar_t text[2] = { (wchar_t)paint.rune, L'\0' };

    if (cell->width == 0)
        return 0;
    if (wcwidth(text[0]) != cell->width) {
        text[0] = UNPRINTABLE;
        count = cell->width;
    }
    for (int i = 0; i < count; i++)
        setcchar(&out[i], text, attributes(paint.attributes), (short)pair,
                 &pair);
    return count;
}

/* Right halves (width 0) follow from the character before them. */
static void fill_row(const struct cells *cells, int y)
{
    int count = 0;

    for (int x = 0; x < cells->width && x < COLS; x++)
        count += to_cchars(&terminal.row[count], cells_at(cells, x, y));
    memset(&terminal.row[count], 0, sizeof *terminal.row);
    mvadd_wchnstr(y, 0, terminal.row, count);
}

static void send_frame(void)
{
    terminal_stuck_begin();
    refresh();
    if (terminal_pace_drawn(&terminal.pace, clock_now_ns()))
        ask("\033[H\033[6n"); /* there it is, but for what others wrote */
    if (!terminal_stuck_end())
        return;
    terminal_pace_forget(&terminal.pace);
    terminal_repaint();
}

void terminal_present(const struct cells *cells)
{
    if (!terminal_restore_armed())
        return;
    if (terminal.row_size <= cells->width + 1) {
        terminal.row_size = cells->width + 2;
        terminal.row = xreallocarray(terminal.row, (size_t)terminal.row_size,
                                     sizeof *terminal.row);
    }
    if (cells->width < COLS || cells->height < LINES) {
        erase();
        shown_forget(&terminal.shown);
    }
    for (int y = 0; y < cells->height && y < LINES; y++)
        if (!shown_has_row(&terminal.shown, cells, y))
            fill_row(cells, y);
    move(0, 0);
    send_frame();
}

bool terminal_behind(void)
{
    return terminal_pace_behind(&terminal.pace, clock_now_ns());
}

/* --- keys ----------------------------------------------------------------- */

static const struct {
    wint_t code;
    uint32_t key;
} special_key[] = {
    { KEY_LEFT, TKEY_LEFT },
    { KEY_RIGHT, TKEY_RIGHT },
    { KEY_UP, TKEY_UP },
    { KEY_DOWN, TKEY_DOWN },
    { KEY_SLEFT, TKEY_SHIFT_LEFT },
    { KEY_SRIGHT, TKEY_SHIFT_RIGHT },
    { KEY_SR, TKEY_SHIFT_UP },
    { KEY_SF, TKEY_SHIFT_DOWN },
    { KEY_PPAGE, TKEY_PAGE_UP },
    { KEY_NPAGE, TKEY_PAGE_DOWN },
    { KEY_HOME, TKEY_HOME },
    { KEY_END, TKEY_END },
    { KEY_BTAB, TKEY_BACKTAB },
    { KEY_BACKSPACE, TKEY_BACKSPACE },
    { KEY_DC, TKEY_DELETE },
    { KEY_IC, TKEY_INSERT },
    { KEY_ENTER, TKEY_ENTER },
    { KEY_RESIZE, TKEY_RESIZED },
    { CODE_WIDTH_2, TKEY_RESIZED },
    { CODE_WIDTH_3, TKEY_RESIZED },
    { KEY_A1, TKEY_HOME },
    { KEY_C1, TKEY_END },
    { KEY_A3, TKEY_PAGE_UP },
    { KEY_C3, TKEY_PAGE_DOWN },
};

/* An answer. Only the first is about the width; later ones may be Shift-F3. */
static void learn_width(wint_t code)
{
    if (terminal.asked_width || code == CODE_HERE)
        terminal_pace_answer(&terminal.pace, clock_now_ns());
    if (terminal.asked_width && code != CODE_WIDTH_1)
        terminal.unicode = false;
    terminal.asked_width = false;
}

/* TKEY_NONE for codes nobody uses; terminal_key then reads on. */
static uint32_t from_code(wint_t code)
{
    char region[REGION_BYTES_MAX];

    if (code == KEY_MOUSE)
        return getmouse(&terminal.mouse) == OK ? TKEY_MOUSE : TKEY_NONE;
    if (code >= CODE_WIDTH_1 && code <= CODE_HERE)
        learn_width(code);
    if (code == KEY_RESIZE) {
        send_bytes(terminfo_whole_region(region, sizeof region, LINES));
        terminal_repaint();
    }
    for (size_t i = 0; i < sizeof special_key / sizeof *special_key; i++)
        if (special_key[i].code == code)
            return special_key[i].key;
    return TKEY_NONE;
}

static uint32_t from_character(wint_t character)
{
    switch (character) {
    case 27:
        return TKEY_ESCAPE;
    case '\r':
    case '\n':
        return TKEY_ENTER;
    case '\t':
        return TKEY_TAB;
    case 8:
    case 127:
        return TKEY_BACKSPACE;
    default:
        return (uint32_t)character;
    }
}

uint32_t terminal_key(void)
{
    wint_t input;

    for (;;) {
        int kind = wget_wch(terminal.keys, &input);
        uint32_t key;

        if (kind == ERR)
            return TKEY_NONE;
        key = kind == KEY_CODE_YES ? from_code(input) : from_character(input);
        if (key != TKEY_NONE)
            return key;
    }
}

bool terminal_mouse(int *x, int *y, int *button)
{
    *x = terminal.mouse.x;
    *y = terminal.mouse.y;
    *button = terminal.mouse.bstate & BUTTON4_PRESSED   ? 4
              : terminal.mouse.bstate & BUTTON5_PRESSED ? 5
                                                        : 1;
    return terminal.mouse.bstate != 0;
}
