/*
 * terminal_restore.h -- the terminal as it was, on every way out.
 *
 * While armed, whatever ends the program puts the terminal right first: a fatal
 * signal in any thread, exit(), crash_cleanup_run(). The signal then still
 * kills the program, so that whoever started it sees the true reason. Does not
 * know curses: endwin() may not be called from a signal handler, so what is to
 * be written is prepared beforehand.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_TERMINAL_RESTORE_H
#define CONCVIZ_RENDER_OUTPUT_TERMINAL_RESTORE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    RESTORE_BYTES_MAX = 512
};

/* Remember the modes of the terminal at fd and what signals do, before
 * anything changes them. Returns false if fd is no terminal. Main thread. */
bool terminal_restore_remember(int fd);

/*
 * From now on undo: write bytes (copied; cut at RESTORE_BYTES_MAX) to the
 * terminal and set its modes as remembered. Installs handlers for all signals
 * that would end the program. SIGTSTP is blocked; let in, it lends the terminal
 * to the shell. Where *asked, which stays, an answer of the terminal is on its
 * way, and who leaves in order waits a second for it. Main thread.
 */
void terminal_restore_arm(const char *bytes, size_t length, const bool *asked);

/* Give the terminal back, unless somebody already has, and let signals do what
 * they did before. Never waits for a terminal that is stuck. Main thread. */
void terminal_restore_now(void);

/* Whether the terminal is still ours: false once somebody undid it. */
bool terminal_restore_armed(void);

#endif
