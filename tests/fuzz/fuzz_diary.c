/*
 * fuzz_diary.c -- any bytes are what somebody else's program tells of itself, and
 * what was believed of it can be looked at, and each of its events told.
 *
 * They come in two pieces, as while it runs; the first byte says how many 64ths
 * of them are there at first, the second how it ended.
 */
#include <stdint.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/exchange/diary_read.h"
#include "sched/trace/diary.h"
#include "sched/trace/trace.h"
#include "tests/fuzz/target.h"

/* What is told, and then how much of it. */
static void tell(int fd, const uint8_t *data, size_t size, size_t from)
{
    uint64_t used = DIARY_HEAD_BYTES + size;

    target_demand(pwrite(fd, data + from, size - from,
                         (off_t)(DIARY_HEAD_BYTES + from)) ==
                  (ssize_t)(size - from));
    target_demand(
        pwrite(fd, &used, sizeof used, offsetof(struct diary_head, used)) ==
        (ssize_t)sizeof used);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct trace_info info = { .mode = "coroutine",
                                            .real = true,
                                            .machines = 1,
                                            .policy = "fifo",
                                            .program = "./fuzz" };
    struct diag diag = { .message = "" };
    struct diary_read *diary;
    size_t first;
    int fd, how;

    if (size < 2)
        return 0;
    diary = diary_read_new("fuzz", NULL, &info, NULL, &diag);
    target_demand(diary != NULL);
    fd = diary_read_fd(diary);
    how = data[1];
    first = data[0] < 64 ? (size - 2) * data[0] / 64 : size - 2;
    tell(fd, data + 2, first, 0);
    diary_read_until(diary, clock_now_ns());
    diary_read_say(diary, clock_now_ns(), (const char *)data, size);
    tell(fd, data + 2, size - 2, first);
    diary_read_until(diary, clock_now_ns());
    diary_read_end(diary, how, how & 1 ? OUTCOME_STOPPED : OUTCOME_FINISHED);
    target_look_at(diary_read_trace(diary));
    diary_read_free(diary);
    return 0;
}
