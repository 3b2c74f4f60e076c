/*
 * fuzz_recording.c -- any bytes are a run that somebody has written down, or
 * are refused in a sentence; what was read can be looked at, and each of its
 * events told. The corpus has all formats but our tape (fuzz_tape.c).
 */
#include <stddef.h>
#include <stdint.h>

#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/recording.h"
#include "tests/fuzz/target.h"

static void look_at(const struct recording *recording)
{
    struct strbuf remarks;

    target_look_at(recording_trace(recording));
    strbuf_init(&remarks);
    recording_remarks(recording, &remarks);
    strbuf_fini(&remarks);
}

/* The same as if it were still written, and then ended. */
static void follow(const char *path)
{
    static const char end[] = "\n{\"ev\":\"end\"}\n";
    struct diag diag = { .message = "" };
    struct recording *recording = recording_open_growing(path, &diag);

    target_demand(recording || diag.message[0]);
    if (!recording)
        return;
    recording_follow(recording);
    target_add(end, sizeof end - 1);
    for (int i = 0; i < 3; i++)
        recording_follow(recording);
    if (!recording_written(recording))
        look_at(recording);
    recording_close(recording);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = target_file(data, size);
    struct diag diag = { .message = "" };
    struct recording *recording;

    recording = recording_open(path, &diag);
    target_demand(recording || diag.message[0]);
    if (recording)
        look_at(recording);
    recording_close(recording);
    follow(path);
    return 0;
}
