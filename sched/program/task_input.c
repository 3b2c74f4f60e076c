/*
 * task_input.c -- text and C, told apart.
 *
 * Work is counted differently: the burner knows exactly how many ns of it are
 * done, while a program only knows that it has finished. Until then as much is
 * done as it used of the processor, but never all.
 */
#include "sched/program/task_input.h"

#include "sched/base/clock.h"
#include "sched/program/program.h"
#include "sched/scheduler/scheduler.h"
#include "sched/workload/step_ahead.h"
#include "sched/workload/workload.h"

/* A program has no steps of a text, but a cursor at their end costs
 * nothing. */
void task_input_init(struct task_input *input, const struct workload *workload,
                     struct scheduler *scheduler, struct programs *programs,
                     int task, int64_t iterations_per_ms)
{
    step_cursor_init(&input->cursor, workload, task, scheduler_seed(scheduler));
    input->scheduler = scheduler;
    input->task = task;
    input->calls = workload->task[task].program ? program_begin(programs, task)
                                                : NULL;
    burner_init(&input->burner, iterations_per_ms, (uint64_t)task);
}

void task_input_fini(struct task_input *input)
{
    program_end(input->calls);
    step_cursor_fini(&input->cursor);
}

bool task_input_again(struct task_input *input)
{
    return step_cursor_again(&input->cursor);
}

/* A program has no steps at all. */
int64_t task_input_ahead_ns(const struct task_input *input,
                            const struct workload *workload, int task,
                            uint64_t seed)
{
    return input ? step_ahead_ns(&input->cursor)
                 : step_ahead_first_ns(workload, task, seed);
}

/* The host does not learn which of the two it runs. What work is left belonged
 * to a spin, which is over. */
bool task_input_next(struct task_input *input, struct request *request)
{
    struct step_cursor *cursor = &input->cursor;

    if (input->calls)
        return program_next(input->calls, request);
    input->burner.left = 0;
    if (cursor->asked) {
        int64_t value;
        int chosen = scheduler_chosen(input->scheduler, input->task);
        bool got = scheduler_answer(input->scheduler, input->task, &value);

        step_cursor_answer(cursor, value, got, chosen);
    }
    return step_cursor_next(cursor, request);
}

/* At the end all of it is done, whatever it took: the announced ns are the
 * model's. Before, there must be something left. */
static int64_t program_done_ns(bool done, int64_t used_ns, int64_t left_ns)
{
    if (done)
        return left_ns;
    if (used_ns < 0)
        return 0;
    return used_ns < left_ns ? used_ns : left_ns - 1;
}

/* Used is processor time, not elapsed time: a core that others take in the
 * middle must not count as work. */
int64_t task_input_work(struct task_input *input, int64_t left_ns,
                        burner_stop *stop, void *context, int64_t *used_ns)
{
    bool is_program = program_works(input->calls);
    int64_t began_ns = clock_thread_cpu_ns();
    bool done;

    if (is_program) {
        done = program_work(input->calls, stop, context);
    } else {
        if (input->burner.left == 0) /* else it goes on where it was stopped */
            burner_begin(&input->burner, left_ns);
        done = burner_run(&input->burner, stop, context);
    }
    *used_ns = clock_thread_cpu_ns() - began_ns;
    return is_program ? program_done_ns(done, *used_ns, left_ns)
                      : burner_worked_ns(&input->burner);
}
