/*
 * instructions.c -- the options of a run as a line of numbers.
 *
 * Both sides come from one installation: a line that is not understood was made
 * by another one, and is as good as none.
 */
#include "sched/library/instructions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/run/executor.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"

enum {
    TOLD_RUN,
    TOLD_TAPE,
    TOLD_CRASH,
    TOLD_SOURCE,
    TOLD_LANGUAGE,
    TOLD_CATALOGUE,
};

static const char *const name[INSTRUCTIONS_VARIABLES] = {
    [TOLD_RUN] = "CONCVIZ_RUN",
    [TOLD_TAPE] = "CONCVIZ_TAPE",
    [TOLD_CRASH] = "CONCVIZ_CRASH",
    [TOLD_SOURCE] = "CONCVIZ_SOURCE",
    [TOLD_LANGUAGE] = "CONCVIZ_LANGUAGE",
    [TOLD_CATALOGUE] = "CONCVIZ_CATALOGUE",
};

/* --- the numbers ---------------------------------------------------------- */

/* One by one, written or read: both sides go through this list. */
struct told_number {
    struct strbuf *put; /* NULL: reads */
    const char *at;     /* NULL: something was wrong */
};

static void number(struct told_number *line, int64_t *value)
{
    char *end;

    if (line->put) {
        strbuf_addf(line->put, ",%lld", (long long)*value);
    } else if (line->at && *line->at == ',') {
        *value = strtoll(line->at + 1, &end, 10);
        line->at = end;
    } else {
        line->at = NULL;
    }
}

static void small(struct told_number *line, int *value)
{
    int64_t wide = *value;

    number(line, &wide);
    *value = (int)wide;
}

static void yes_or_no(struct told_number *line, bool *value)
{
    int64_t wide = *value;

    number(line, &wide);
    *value = wide != 0;
}

static void policy(struct told_number *line, struct run_options *options)
{
    int policy = (int)options->policy;

    small(line, &policy);
    if (policy >= 0 && policy < POLICIES)
        options->policy = (enum policy)policy;
    small(line, &options->levels.count);
    if (options->levels.count < 0 || options->levels.count > POLICY_LEVELS_MAX)
        options->levels.count = 0;
    for (int i = 0; i < options->levels.count; i++)
        number(line, &options->levels.allotment_ns[i]);
    number(line, &options->levels.boost_ns);
}

static void numbers(struct told_number *line, struct run_options *options)
{
    int64_t seed = (int64_t)options->seed;

    yes_or_no(line, &options->model);
    small(line, &options->machines);
    number(line, &options->slice_ns);
    policy(line, options);
    yes_or_no(line, &options->running_first);
    yes_or_no(line, &options->preempted_last);
    yes_or_no(line, &options->lines_own);
    number(line, &options->gil_ns);
    number(line, &options->switch_cost_ns);
    number(line, &options->limit_ns);
    number(line, &options->iterations_per_ms);
    number(line, &seed);
    options->seed = (uint64_t)seed;
}

static void all_numbers(struct told_number *line,
                        struct instructions *instructions)
{
    int output = (int)instructions->output;

    numbers(line, &instructions->options);
    small(line, &output);
    if (output >= 0 && output <= INSTRUCTIONS_KEPT)
        instructions->output = (enum instructions_output)output;
}

/* --- both sides ----------------------------------------------------------- */

void instructions_write(const struct instructions *instructions,
                        struct strbuf variable[INSTRUCTIONS_VARIABLES])
{
    struct instructions copy = *instructions;
    struct told_number line = { .put = &variable[TOLD_RUN] };

    for (int i = 0; i < INSTRUCTIONS_VARIABLES; i++)
        strbuf_addf(&variable[i], "%s=", name[i]);
    strbuf_adds(&variable[TOLD_RUN], instructions->mode->name);
    all_numbers(&line, &copy);
    strbuf_adds(&variable[TOLD_TAPE], instructions->tape);
    strbuf_adds(&variable[TOLD_CRASH], instructions->crash);
    strbuf_adds(&variable[TOLD_SOURCE], instructions->source);
    strbuf_adds(&variable[TOLD_LANGUAGE], instructions->language);
    strbuf_adds(&variable[TOLD_CATALOGUE], instructions->catalogue);
}

/* By itself, a program runs as coroutines. */
static void set_defaults(struct instructions *instructions)
{
    static const struct workload any = { .slice_ns = WORKLOAD_NO_SLICE };

    *instructions = (struct instructions){
        .mode = &mode_table[MODE_COROUTINE]
    };
    executor_defaults(&instructions->options, executor_table[MODE_COROUTINE],
                      &any);
}

static bool read_run(struct instructions *instructions, const char *text)
{
    char mode[16];
    size_t length = strcspn(text, ",");
    struct told_number line = { .at = text + length };

    if (length >= sizeof mode)
        return false;
    memcpy(mode, text, length);
    mode[length] = '\0';
    instructions->mode = mode_find(mode);
    all_numbers(&line, instructions);
    return instructions->mode && line.at && *line.at == '\0';
}

static void read_text(char *out, size_t size, int variable)
{
    const char *text = getenv(name[variable]);

    snprintf(out, size, "%s", text ? text : "");
}

bool instructions_read(struct instructions *instructions)
{
    const char *run = getenv(name[TOLD_RUN]);
    bool told;

    set_defaults(instructions);
    told = run && read_run(instructions, run);
    if (told) {
        read_text(instructions->tape, sizeof instructions->tape, TOLD_TAPE);
        read_text(instructions->crash, sizeof instructions->crash, TOLD_CRASH);
        read_text(instructions->source, sizeof instructions->source,
                  TOLD_SOURCE);
        read_text(instructions->language, sizeof instructions->language,
                  TOLD_LANGUAGE);
        read_text(instructions->catalogue, sizeof instructions->catalogue,
                  TOLD_CATALOGUE);
    } else {
        set_defaults(instructions);
    }
    for (int i = 0; i < INSTRUCTIONS_VARIABLES; i++)
        unsetenv(name[i]);
    return told;
}
