/*
 * program_schedule.c -- see program_schedule.h.
 */
#include "cli/program/program_schedule.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>

#include "cli/program/program_file.h"
#include "cli/program/program_identity.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/shared_memory.h"
#include "sched/preload/order_board.h"
#include "sched/scheduler/schedule.h"

int program_schedule_board(struct order_board **board, struct diag *diag)
{
    int fd;

    *board = shared_memory_new(sizeof **board, &fd);
    if (!*board) {
        diag_set(diag, NULL, 0, 0, _("there is no memory to share: %s"),
                 strerror(errno));
        return -1;
    }
    fcntl(fd, F_SETFD, 0);
    (*board)->control = -1;
    return fd;
}

void program_schedule_write(struct order_board *board,
                            const struct schedule *schedule)
{
    board->way = ORDER_FOLLOW;
    board->departures = 0;
    for (size_t i = 0; i < schedule->count && i < ORDER_BOARD_DEPARTURES; i++)
        board->departure[board->departures++] = (struct order_departure){
            schedule->departure[i].at, schedule->departure[i].choice
        };
}

int program_schedule_fix(void)
{
    int before = personality(0xffffffff);

    if (before >= 0)
        personality((unsigned long)before | ADDR_NO_RANDOMIZE);
    return before;
}

void program_schedule_loosen(int before)
{
    if (before >= 0)
        personality((unsigned long)before);
}

int program_schedule_open(const char *code, const struct program_file *file,
                          const char *const *command, const char *input,
                          struct diag *diag)
{
    struct schedule_program program;
    struct schedule schedule;
    struct order_board *board;
    int fd;

    program_identity(&program, file->meant, command, input);
    if (!schedule_decode_program(&schedule, code, &program, file->meant, diag))
        return -1;
    fd = program_schedule_board(&board, diag);
    if (fd >= 0) {
        program_schedule_write(board, &schedule);
        munmap(board, sizeof *board);
    }
    schedule_fini(&schedule);
    return fd;
}
