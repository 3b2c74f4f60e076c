/*
 * program_story.c -- see program_story.h. What the search keeps of a run is only
 * its schedule; this one keeps a diary of it (sched/trace/diary.h), too.
 */
#include "cli/program/program_story.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/program/program_child.h"
#include "cli/program/program_file.h"
#include "cli/program/program_orders.h"
#include "cli/program/program_preload.h"
#include "cli/program/program_schedule.h"
#include "cli/report/explore_steps.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/diary_read.h"
#include "sched/history/history.h"
#include "sched/policy/policy.h"
#include "sched/preload/order_board.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

enum {
    LOOK_MS = 20, /* the diary is read so often */
    FD_BYTES = 32,
    CHANGES = 8 /* of the environment */
};

/* Read what it tells until it has ended, or its time has. */
static void listen(struct diary_read *diary, struct program_child *child,
                   int64_t limit_ns)
{
    int64_t until_ns = clock_now_ns() + limit_ns;
    bool ended = false, late = false;

    while (!ended && !late) {
        struct pollfd file = { program_child_fd(child), POLLIN, 0 };

        poll(&file, 1, LOOK_MS);
        ended = program_child_look(child);
        late = clock_now_ns() >= until_ns;
        diary_read_until(diary, clock_now_ns());
    }
    if (!ended)
        program_child_end(child);
    diary_read_end(diary, program_child_status(child), !ended);
}

static struct program_child *start(const struct program_ordered *ordered,
                                   struct program_preload *preload, int diary,
                                   struct diag *diag)
{
    const char *const *entry = program_preload_tell(
        preload, mode_table[MODE_COROUTINE].name, NULL);
    const char *environment[CHANGES] = { NULL };
    struct program_child *child;
    char told[FD_BYTES];
    int count = 0, before;

    for (; entry[count]; count++)
        environment[count] = entry[count];
    snprintf(told, sizeof told, "CONCVIZ_DIARY=%d", diary);
    environment[count] = told;
    before = program_schedule_fix();
    child = program_child_start(
        &(struct program_start){ .path = ordered->file->path,
                                 .argument = ordered->command,
                                 .environment = environment,
                                 .input = ordered->input,
                                 .output = PROGRAM_OUTPUT_NOWHERE,
                                 .descriptor = diary },
        diag);
    program_schedule_loosen(before);
    return child;
}

/* With its diary, in the order of the board. */
static bool run(const struct program_ordered *ordered, int board, int64_t limit,
                struct diary_read *diary, struct diag *diag)
{
    struct program_preload preload;
    struct program_child *child;

    if (!program_preload_init(&preload, ordered->file, ordered->language, diag))
        return false;
    program_preload_board(&preload, board);
    child = start(ordered, &preload, diary_read_fd(diary), diag);
    if (child)
        listen(diary, child, limit);
    program_child_free(child);
    program_preload_fini(&preload);
    return child;
}

static struct diary_read *listen_to(const struct program_ordered *ordered,
                                    int board, int64_t limit, struct diag *diag)
{
    struct trace_info info = { .mode = mode_table[MODE_COROUTINE].name,
                               .policy = policy_table[POLICY_FIFO]->name,
                               .real = true,
                               .machines = 1,
                               .program = ordered->command[0],
                               .recorded_ns = clock_calendar_ns() };
    struct diary_read *diary = diary_read_new(basename(ordered->file->meant),
                                              ordered->file->meant, &info, NULL,
                                              diag);

    if (diary && run(ordered, board, limit, diary, diag))
        return diary;
    diary_read_free(diary);
    return NULL;
}

/* What several threads have used is to be told of in the same run again.
 * Returns whether there is any. */
static bool ask_for_shared(struct order_board *board)
{
    uint32_t count = board->sharing;

    if (count > ORDER_BOARD_SHARED)
        count = ORDER_BOARD_SHARED;
    memcpy(board->tell, board->shared, count * sizeof *board->tell);
    board->telling = count;
    board->last = board->points;
    return count > 0;
}

static struct diary_read *run_schedule(const struct program_ordered *ordered,
                                       const struct schedule *schedule,
                                       int64_t limit, struct diag *diag)
{
    struct order_board *board;
    int fd = program_schedule_board(&board, diag);
    struct diary_read *diary;

    if (fd < 0)
        return NULL;
    program_schedule_write(board, schedule);
    diary = listen_to(ordered, fd, limit, diag);
    if (diary && ask_for_shared(board)) {
        diary_read_free(diary);
        diary = listen_to(ordered, fd, limit, diag);
    }
    munmap(board, sizeof *board);
    close(fd);
    return diary;
}

void program_story_learn(const struct program_ordered *ordered, int fd,
                         int64_t limit_ns)
{
    struct order_board *board = mmap(NULL, sizeof *board,
                                     PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    struct diag unused;

    if (board == MAP_FAILED)
        return;
    diary_read_free(listen_to(ordered, fd, limit_ns, &unused));
    ask_for_shared(board);
    munmap(board, sizeof *board);
}

struct program_story *program_story_new(const struct program_ordered *ordered,
                                        const struct schedule *schedule,
                                        int64_t limit_ns, struct diag *diag)
{
    struct program_story *story = xcalloc(1, sizeof *story);
    const struct trace *trace;

    story->diary = run_schedule(ordered, schedule, limit_ns, diag);
    if (!story->diary) {
        program_story_free(story);
        return NULL;
    }
    trace = diary_read_trace(story->diary);
    story->history = history_new(trace);
    history_update(story->history);
    story->step = explore_steps_find(trace, trace_count(trace),
                                     &story->step_count);
    return story;
}

void program_story_free(struct program_story *story)
{
    if (!story)
        return;
    free(story->step);
    history_free(story->history);
    diary_read_free(story->diary);
    free(story);
}
