/*
 * fuzz_orders.c -- any bytes are what runs of somebody else's program leave on
 * the board and write, and a search that is told so comes to its end; what it
 * found has a code that says the same schedule again.
 *
 * First how many runs there are to be, with how many preemptions. Then one answer
 * after the other, from the beginning again when there are no more: a struct
 * answer, the decisions, which come so many times, and what it wrote.
 */
#include <stdint.h>
#include <string.h>

#include "cli/program/program_answer.h"
#include "cli/program/program_schedule.h"
#include "cli/program/program_verdict.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/explore/explore.h"
#include "sched/preload/order_board.h"
#include "sched/scheduler/schedule.h"
#include "tests/fuzz/target.h"

enum {
    RUNS_MAX = 20,  /* what comes of more is the same */
    TIMES_MAX = 300 /* of up to 15 decisions */
};

/* As its bytes stand in the input. */
struct answer {
    uint32_t points, followed, status;
    uint64_t stuck, race;
    uint8_t unfit, cut, deadlock, hangs;
    uint8_t decisions;      /* so many are here: the lower four bits … */
    uint8_t times;          /* … and come so often */
    uint8_t output, errors; /* bytes of each */
    char race_text[8];      /* its end, where there is no NUL */
};

struct answers {
    struct explore_subject subject;
    const uint8_t *data;
    size_t size, at;
    struct program_verdict verdict;
    struct strbuf output, errors;
    int runs;
};

static struct order_board board;
static struct explore_decision decided[ORDER_BOARD_POINTS];

/* What is not there is 0. */
static void take(struct answers *answers, void *to, size_t bytes)
{
    size_t left = answers->size - answers->at;

    memset(to, 0, bytes);
    memcpy(to, answers->data + answers->at, bytes < left ? bytes : left);
    answers->at += bytes < left ? bytes : left;
}

static void take_text(struct answers *answers, struct strbuf *text,
                      size_t bytes)
{
    char part[UINT8_MAX];

    strbuf_clear(text);
    take(answers, part, bytes);
    strbuf_add(text, part, bytes);
}

/* Behind them nothing is on the board, as if they were all. */
static size_t take_points(struct answers *answers, const struct answer *answer)
{
    size_t count = answer->decisions & 15, times = 1 + answer->times;
    struct order_point *point = board.point;

    if (count == 0)
        return 0;
    for (size_t i = 0; i < count; i++)
        take(answers, &point[i], sizeof point[i]);
    if (times > TIMES_MAX)
        times = TIMES_MAX;
    for (size_t i = count; i < count * times; i++)
        point[i] = point[i % count];
    return count * times;
}

static size_t take_answer(struct answers *answers,
                          struct program_ending *ending)
{
    struct answer answer;
    size_t points;

    if (answers->at >= answers->size)
        answers->at = 0;
    take(answers, &answer, sizeof answer);
    board.points = answer.points;
    board.followed = answer.followed;
    board.stuck = answer.stuck;
    board.race = answer.race;
    memcpy(&board.unfit, &answer.unfit, 1);
    memcpy(&board.cut, &answer.cut, 1);
    memcpy(&board.deadlock, &answer.deadlock, 1);
    memset(board.race_text, 'r', sizeof board.race_text);
    memcpy(board.race_text + sizeof board.race_text - sizeof answer.race_text,
           answer.race_text, sizeof answer.race_text);
    ending->status = (int)(answer.status & 0xffff);
    ending->hangs = answer.hangs & 1;
    ending->limit_ns = NS_PER_S;
    points = take_points(answers, &answer);
    take_text(answers, &answers->output, answer.output);
    take_text(answers, &answers->errors, answer.errors);
    ending->output = &answers->output;
    ending->errors = &answers->errors;
    return points;
}

static bool run(struct explore_subject *subject,
                const struct explore_order *order,
                struct explore_outcome *outcome, struct diag *diag)
{
    struct answers *answers = (struct answers *)subject;
    struct program_ending ending = { .status = 0 };
    size_t points;

    (void)diag;
    if (order->chance == CHANCE_NONE)
        program_schedule_write(&board, order->schedule);
    points = take_answer(answers, &ending);
    program_answer_read(&board, &ending, decided, outcome);
    if (program_answer_departed(&board, order))
        outcome->partial = true;
    outcome->wrong = program_verdict(&answers->verdict, &ending, outcome);
    memset(board.point, 0, points * sizeof *board.point);
    return true;
}

static bool goes_on(struct explore_subject *subject,
                    const struct explored *so_far, bool shortening)
{
    (void)so_far;
    (void)shortening;
    return ++((struct answers *)subject)->runs < RUNS_MAX;
}

static void look_at(const struct finding *finding,
                    const struct schedule_program *program)
{
    struct diag diag = { .message = "" };
    struct schedule again;
    struct strbuf code;

    strbuf_init(&code);
    schedule_encode(&code, &finding->schedule);
    target_demand(
        schedule_decode_program(&again, code.text, program, "f", &diag));
    target_demand(again.count == finding->schedule.count);
    schedule_fini(&again);
    for (const char *at = finding->text; at && *at; at++)
        target_demand(*at == '\n' || ((unsigned char)*at >= ' ' && *at != 127));
    strbuf_fini(&code);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct answers answers = { .subject = { .run = run, .goes_on = goes_on } };
    struct explore_options options = { .schedules = 1 };
    struct explored *explored;
    struct diag diag = { .message = "" };

    if (size < 2)
        return 0;
    options.schedules += data[0] % RUNS_MAX;
    options.max_preemptions = data[1] % 4 - 1;
    answers.data = data + 2;
    answers.size = size - 2;
    program_verdict_init(&answers.verdict);
    strbuf_init(&answers.output);
    strbuf_init(&answers.errors);
    explored = explore_program(&answers.subject, &options, &diag);
    target_demand(explored != NULL);
    for (size_t i = 0; i < explored->count; i++)
        look_at(&explored->finding[i], &answers.subject.program);
    explored_free(explored);
    strbuf_fini(&answers.output);
    strbuf_fini(&answers.errors);
    program_verdict_fini(&answers.verdict);
    return 0;
}
