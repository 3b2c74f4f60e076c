/*
 * program_schedule.h -- somebody else's program in the order of a code.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_SCHEDULE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_SCHEDULE_H

struct diag;
struct order_board;
struct program_file;
struct schedule;

/*
 * Make a board for runs of a program (order_board.h). Returns its descriptor,
 * which is handed on to programs that are started, and *board, to be unmapped;
 * or -1 with diag filled.
 */
int program_schedule_board(struct order_board **board, struct diag *diag);

/* The run on it follows this schedule. */
void program_schedule_write(struct order_board *board,
                            const struct schedule *schedule);

/* From here on programs that are started have the same addresses in each run,
 * where the system lets us; returns what to hand to program_schedule_loosen. */
int program_schedule_fix(void);
void program_schedule_loosen(int before);

/*
 * A board for the run that a code stands for. Returns its descriptor; -1, with
 * diag filled, if it is none of this program, its arguments and its input (a
 * file, or NULL).
 */
int program_schedule_open(const char *code, const struct program_file *file,
                          const char *const *command, const char *input,
                          struct diag *diag);

#endif
