/*
 * fuzz_tape.c -- any bytes are a tape or are refused in a sentence, and what
 * was read of a tape can be looked at.
 *
 * The first byte says how many 64ths of the rest are there when the tape is
 * opened; what comes later is followed. If it is odd, the sums are made right
 * first, since nobody meets one by chance: that of the head, and blocks are
 * open.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/tape/crc32c.h"
#include "sched/tape/tape_block.h"
#include "sched/tape/tape_file.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/fuzz/target.h"

enum {
    AT_CRC = 20,  /* in the head */
    AT_USED = 24, /* the first byte it is of, and how many bytes it is of */
};

static void make_right(uint8_t *bytes, size_t size)
{
    size_t used = size < TAPE_HEAD_BYTES
                      ? 0
                      : (size_t)tape_head_fixed(bytes + AT_USED, 4);

    if (used >= AT_USED && used <= TAPE_HEAD_BYTES)
        tape_head_put_fixed(bytes + AT_CRC, 4,
                            crc32c(bytes + AT_USED, used - AT_USED));
    for (uint64_t i = 0; tape_block_at(i) + TAPE_BLOCK_HEAD_BYTES <= size; i++)
        memset(bytes + tape_block_at(i) + offsetof(struct tape_block, crc), 0,
               4);
}

/* As long as its machines and tasks would not take all the time. */
static void look_at(const struct tape_file *tape)
{
    const struct trace *trace = tape_file_trace(tape);
    struct history *history;

    if (trace_info(trace)->machines > 100 ||
        trace_workload(trace)->task_count > 1000)
        return;
    history = history_new(trace);
    history_update(history);
    metrics_free(metrics_new(history));
    history_free(history);
}

static void read_tape(const uint8_t *bytes, size_t size, size_t first)
{
    const char *path = target_file(bytes, first);
    struct diag diag = { .message = "" };
    struct tape_file *tape;
    struct strbuf remarks;

    tape = tape_file_open(path, &diag);
    if (!tape) {
        target_demand(diag.message[0] != '\0');
        return;
    }
    target_add(bytes + first, size - first);
    tape_file_follow(tape);
    look_at(tape);
    strbuf_init(&remarks);
    tape_file_remarks(tape, &remarks);
    strbuf_fini(&remarks);
    tape_file_close(tape);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes;

    if (size < 2)
        return 0;
    bytes = malloc(size - 1);
    target_demand(bytes != NULL);
    memcpy(bytes, data + 1, size - 1);
    if (data[0] & 1)
        make_right(bytes, size - 1);
    read_tape(bytes, size - 1,
              data[0] < 64 ? (size - 1) * data[0] / 64 : size - 1);
    free(bytes);
    return 0;
}
