/*
 * pty.h -- a terminal for tests: a program on a pseudo-terminal, and libvterm
 * as the glass of it.
 *
 * Nothing here sleeps for a time: it waits until the screen shows something,
 * and only gives up after PTY_PATIENCE_MS.
 */
#ifndef CONCVIZ_TESTS_CLI_PTY_H
#define CONCVIZ_TESTS_CLI_PTY_H

#include <stdbool.h>
#include <stddef.h>

enum {
    PTY_PATIENCE_MS = 20000
};

struct pty;

/* Is there no program to test, or does this system give us no pseudo-terminal, as
 * a bare chroot? Then a plan that skips the suite has been printed. */
bool pty_skips(void);

/* The environment that a program on a terminal of ours is to see. */
void pty_environment(void);

/* Start argv[0] (NULL-terminated list) on a terminal of this size. */
struct pty *pty_start(int columns, int rows, const char *const *argv);

/* Kill what still runs and free. */
void pty_free(struct pty *pty);

/* Type bytes. */
void pty_type(struct pty *pty, const char *bytes);

/* Show what comes within a moment. */
void pty_turn(struct pty *pty);

/* Show at most so many of the bytes that have come, and wait a fiftieth of a
 * second. Returns how many there were. */
size_t pty_turn_slowly(struct pty *pty, size_t most);

/* Wait until the screen shows text, or no longer shows it. */
bool pty_shows(struct pty *pty, const char *text);
bool pty_hides(struct pty *pty, const char *text);

/* Wait until the screen shows text or the program has ended; then false. */
bool pty_settles(struct pty *pty, const char *text);

/* Wait until row (from 0; negative: from the end) begins with text. */
bool pty_row_begins(struct pty *pty, int row, const char *text);

void pty_resize(struct pty *pty, int columns, int rows);

/* Tell the program so, but leave the glass as it is: libvterm itself crashes when
 * some sizes follow each other. */
void pty_claim_size(struct pty *pty, int columns, int rows);

void pty_signal(struct pty *pty, int number);

/* Send it to the thread that was made last. */
void pty_signal_thread(struct pty *pty, int number);

/* The status of the program as of waitpid(), or -1 while it runs. */
int pty_status(const struct pty *pty);

/* Wait until the program has ended; its status as of waitpid(), or -1. */
int pty_wait(struct pty *pty);

/* The same, but the terminal reads nothing meanwhile. */
int pty_wait_unread(struct pty *pty);

/* The terminal goes away: nothing is read or typed any more. */
void pty_hang_up(struct pty *pty);

/* From now on signals from the keyboard throw no output away: else what is seen
 * after them depends on how much has been read before. */
void pty_keep_output(struct pty *pty);

/* Set the terminal as a shell does for its line. */
void pty_cook(struct pty *pty);

/* Wait until the terminal is set as a program wants it, key by key. */
bool pty_becomes_raw(struct pty *pty);

/* How the terminal is now. */
bool pty_alternate_screen(const struct pty *pty);
bool pty_cursor_visible(const struct pty *pty);
bool pty_cooked(const struct pty *pty); /* lines and echo, as for a shell */

/* How many cells of the screen have a colour of their own now. */
int pty_colours(const struct pty *pty);

/* The screen as text, for messages; valid until the next call. */
const char *pty_text(struct pty *pty);

#endif
