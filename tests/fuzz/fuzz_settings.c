/*
 * fuzz_settings.c -- any bytes are what a person or another program has set, or
 * are refused in one clean line.
 *
 * The first byte says what they are: a configuration file, arguments (each ends
 * with a newline), a mode with its options, what another number is to be varied,
 * or the variables that tell a program of libconcviz of its run.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/options/config_file.h"
#include "cli/options/options.h"
#include "cli/options/setting.h"
#include "cli/run/vary.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/library/instructions.h"
#include "sched/policy/policy.h"
#include "sched/trace/mode.h"
#include "tests/fuzz/target.h"

enum {
    WORDS_MAX = 16
};

/* A refusal says something, and moves no cursor. */
static void check(bool read, const struct diag *diag)
{
    char clean[sizeof diag->message];

    target_demand(read || diag->message[0]);
    target_demand(read || strcmp(text_clean(clean, sizeof clean, diag->message),
                                 diag->message) == 0);
}

static void try_file(const char *text, size_t length)
{
    struct diag diag = { .message = "" };
    struct options options;

    options_init(&options);
    check(config_file_read(&options, target_file((const uint8_t *)text, length),
                           &diag),
          &diag);
    options_fini(&options);
}

static void try_arguments(char *text)
{
    char *word[WORDS_MAX], *save = NULL;
    struct diag diag = { .message = "" };
    struct options options;
    int count = 0;

    for (char *at = strtok_r(text, "\n", &save); at && count < WORDS_MAX;
         at = strtok_r(NULL, "\n", &save))
        word[count++] = at;
    options_init(&options);
    check(options_parse(&options, count, word, &diag), &diag);
    options_language(count, word);
    options_fini(&options);
}

static void try_setting(const char *text)
{
    struct diag diag = { .message = "" };
    struct options base, own;

    options_init(&base);
    check(setting_read(&own, text, &base, &diag), &diag);
    options_fini(&base);
}

static void try_varied(const char *text)
{
    struct diag diag = { .message = "" };
    struct vary vary;

    check(vary_read(&vary, text, &diag), &diag);
    vary_fini(&vary);
}

static void try_instructions(const char *text)
{
    static struct instructions instructions;
    bool told;

    setenv("CONCVIZ_RUN", text, 1);
    setenv("CONCVIZ_TAPE", text, 1);
    told = instructions_read(&instructions);
    target_demand(instructions.mode != NULL);
    target_demand(instructions.options.policy < POLICIES);
    target_demand(instructions.options.levels.count >= 0 &&
                  instructions.options.levels.count <= POLICY_LEVELS_MAX);
    target_demand(told || !instructions.tape[0]);
    target_demand(!getenv("CONCVIZ_RUN") && !getenv("CONCVIZ_TAPE"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf text;

    if (size == 0)
        return 0;
    strbuf_init(&text);
    strbuf_add(&text, (const char *)data + 1, size - 1);
    switch (data[0] % 5) {
    case 0:
        try_file(text.text, text.length);
        break;
    case 1:
        try_arguments(text.text);
        break;
    case 2:
        try_setting(text.text);
        break;
    case 3:
        try_varied(text.text);
        break;
    default:
        try_instructions(text.text);
    }
    strbuf_fini(&text);
    return 0;
}
