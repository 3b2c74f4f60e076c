/*
 * state_file.h -- the small files we keep for a person between two runs.
 *
 * Each is replaced as a whole: whatever ends the program, and however many
 * programs write at once, there is a complete file under its name. Any thread,
 * one at a time for each file.
 */
#ifndef CONCVIZ_SCHED_BASE_STATE_FILE_H
#define CONCVIZ_SCHED_BASE_STATE_FILE_H

#include <stdbool.h>

struct strbuf;

/* Append the path of a file of ours in $XDG_STATE_HOME/concviz
 * (~/.local/state/concviz). Returns false if the environment names no place. */
bool state_file_path(const char *name, struct strbuf *path);

/*
 * Wait for the turn to replace the file at path, making its folders. Whoever
 * reads the file now, and writes what he makes of it with state_file_end,
 * undoes nothing that another program has written. Returns what state_file_end
 * wants, or a negative errno value (-EAGAIN: another program keeps the turn
 * for seconds).
 */
int state_file_begin(const char *path);

/* End the turn: text is now the file; NULL: it stays as it was. Returns 0 or a
 * negative errno value, and then the file is as it was. */
int state_file_end(int turn, const char *path, const struct strbuf *text);

/* Both at once, for a file that need not be read before. */
int state_file_replace(const char *path, const struct strbuf *text);

#endif
