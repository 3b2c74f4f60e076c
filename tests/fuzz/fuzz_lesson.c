/*
 * fuzz_lesson.c -- any bytes are a lesson or are refused with a place, and a
 * lesson can be gone through, edited and wrapped whatever it says.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/check/check.h"
#include "lessons/edit/edit.h"
#include "lessons/lesson.h"
#include "lessons/markup.h"
#include "lessons/parse/diags.h"
#include "lessons/session/lesson_run.h"
#include "sched/base/diag.h"
#include "sched/base/text.h"
#include "tests/fuzz/target.h"

static void check_problems(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->diag[i];
        char clean[sizeof diag->message];

        target_demand(diag->line >= 0 && diag->column >= 0 && diag->message[0]);
        target_demand(strcmp(text_clean(clean, sizeof clean, diag->message),
                             diag->message) == 0);
    }
}

/* No row is wider than asked for, unless one character alone is. */
static void check_wrapping(const char *text, int cells)
{
    struct markup *wrapped = markup_wrap(text, cells);

    for (size_t i = 0; i < wrapped->row_count; i++) {
        int taken = 0;

        for (size_t s = 0; s < wrapped->row[i].span_count; s++)
            taken += text_cells(wrapped->row[i].span[s].text);
        target_demand(taken <= cells);
    }
    markup_free(wrapped);
}

/* The seed decides what is done; whatever it is, undoing gives the start. */
static void check_editor(struct edit *edit, uint32_t seed)
{
    char *start = strdup(edit_text(edit));
    const char *const *offer;

    for (int i = 0; i < 40; i++, seed = seed * 1664525u + 1013904223u) {
        int by = seed & 0x10000 ? 1 : -1;

        switch (seed >> 28) {
        case 0:
        case 1:
            edit_go_row(edit, by);
            break;
        case 2:
        case 3:
        case 4:
            edit_go_spot(edit, by);
            break;
        case 5:
            edit_add(edit, by);
            break;
        case 6:
            edit_digit(edit, (int)(seed >> 20) % 10);
            break;
        case 7:
            edit_shift_step(edit, by);
            break;
        case 8:
            edit_shift_line(edit, by);
            break;
        case 9:
        case 10:
            edit_insert(edit, edit_offers(edit, &offer) ? offer[0] : "yield");
            break;
        case 11:
            edit_insert(edit, "repeat 2");
            break;
        case 12:
            edit_delete(edit);
            break;
        default:
            edit_insert(edit, "cpu 1");
        }
    }
    while (edit_undo(edit))
        continue;
    target_demand(strcmp(start, edit_text(edit)) == 0);
    free(start);
}

/* There is no model here: every run fails, which must be borne too. */
static struct metrics *no_model(void *context, const struct workload *workload,
                                const struct lesson_settings *settings,
                                struct diag *diag)
{
    (void)context;
    (void)workload;
    (void)settings;
    diag_set(diag, NULL, 0, 0, "no model");
    return NULL;
}

static void walk(struct lesson_run *run, uint32_t seed)
{
    struct diag diag;

    for (int i = 0; i < 400; i++) {
        const struct lesson_request *request = lesson_run_request(run);

        if (request->kind == WANT_END)
            return;
        if (request->text)
            check_wrapping(request->text, 20 + (int)(seed % 100));
        if (request->kind == WANT_EDIT) {
            check_editor(request->edit, seed + (uint32_t)i);
            target_demand(!lesson_run_try(run, &diag));
        }
        if (request->kind == WANT_ASK)
            lesson_run_choose(run, (int)(seed % 3) - 2);
        else if (request->kind == WANT_RUN)
            lesson_run_ran(run, NULL);
        else
            lesson_run_next(run);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct lesson_runner runner = { no_model, NULL };
    uint32_t seed = (uint32_t)size * 2654435761u;
    struct diags diags;
    struct lesson *lesson;
    struct lesson_run *run;

    diags_init(&diags);
    lesson = lesson_parse("fuzz", (const char *)data, size, &diags);
    target_demand((lesson == NULL) == (diags.found > 0));
    check_problems(&diags);
    if (lesson) {
        run = lesson_run_new(lesson, &runner, true);
        walk(run, seed);
        lesson_run_free(run);
        check_translation(lesson, lesson, &diags);
        check_lessons((const struct lesson *const[]){ lesson }, 1, &runner,
                      &diags);
    }
    diags_fini(&diags);
    lesson_free(lesson);
    return 0;
}
