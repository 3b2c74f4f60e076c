/*
 * The puzzles of Downey's Little Book of Semaphores (2nd edition), in the
 * workload language: no schedule is found in which they go wrong. Then one line
 * of each is changed, and one is.
 *
 * What must not be is asked where it would show: who finds it acquires `wrong`,
 * which nobody releases.
 */
#include "tests/suite.h"

#include "sched/base/diag.h"
#include "sched/explore/explore.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

static const struct puzzle {
    const char *name, *text;
    const char *from, *to; /* the change that breaks it */
    enum finding_kind shows;
    bool complete; /* small enough to leave no schedule out */
} puzzles[] = {
    { "4.2 readers and writers",
      "shared readers = 0\n"
      "shared book = 0\n"
      "semaphore empty = 1\n"
      "task R[2]: lock m, readers = readers + 1,\n"
      "  if readers == 1 (acquire empty),\n"
      "  unlock m, page = book, lock m, readers = readers - 1,\n"
      "  if readers == 0 (release empty), unlock m\n"
      "task W[2]: acquire empty, book = book + 1, release empty\n",
      "if readers == 1 (acquire empty)", "if readers == 2 (acquire empty)",
      FINDING_LOST_UPDATE, false },
    { "4.3 the mutex nobody starves at",
      "shared outer = 0\nshared inner = 0\nshared n = 0\n"
      "semaphore door1 = 1\nsemaphore door2 = 0\n"
      "task P[3]: lock m, outer = outer + 1, unlock m,\n"
      "  acquire door1, inner = inner + 1, lock m, outer = outer - 1,\n"
      "  if outer == 0 (unlock m, release door2) else (\n"
      "    unlock m, release door1),\n"
      "  acquire door2, inner = inner - 1, n = n + 1,\n"
      "  if inner == 0 (release door1) else (release door2)\n",
      "else (release door2)", "else (release door1)", FINDING_STUCK, false },
    { "5.2 the barbershop, with balking",
      "shared customers = 0\n"
      "semaphore customer = 0\nsemaphore barber = 0\n"
      "task C[3]: full = 0, lock m,\n"
      "  if customers == 2 (full = 1) else (customers = customers + 1),\n"
      "  unlock m, if full == 1 (stop),\n"
      "  release customer, acquire barber, lock m,\n"
      "  customers = customers - 1, unlock m\n"
      "task B daemon: repeat (acquire customer, release barber)\n",
      "if full == 1 (stop),\n  release customer",
      "if full == 1 (stop),\n  try acquire customer ()", FINDING_STUCK, false },
    { "5.4 Hilzer's barbershop",
      "shared customers = 0\n"
      "semaphore sofa = 1\nsemaphore chair = 1\nsemaphore customer = 0\n"
      "semaphore barber = 0\nsemaphore cash = 0\nsemaphore receipt = 0\n"
      "task C[2]: lock m, customers = customers + 1, unlock m,\n"
      "  acquire sofa, acquire chair, release sofa, release customer,\n"
      "  acquire barber, release chair, release cash, acquire receipt,\n"
      "  lock m, customers = customers - 1, unlock m\n"
      "task B daemon: repeat (acquire customer, release barber,\n"
      "  acquire cash, release receipt)\n",
      "acquire chair, release sofa,", "acquire chair,", FINDING_STUCK, false },
    { "5.5 Santa Claus",
      "shared elves = 0\nshared reindeer = 0\n"
      "semaphore santa = 0\nsemaphore sleigh = 0\nsemaphore help = 0\n"
      "semaphore tex = 1\n"
      "task S: repeat 2 (acquire santa, lock m,\n"
      "  if reindeer == 2 (reindeer = 0, release sleigh, release sleigh)\n"
      "  else (release help, release help), unlock m)\n"
      "task R[2]: lock m, reindeer = reindeer + 1,\n"
      "  if reindeer == 2 (release santa), unlock m, acquire sleigh\n"
      "task E[2]: acquire tex, lock m, elves = elves + 1,\n"
      "  if elves == 2 (release santa) else (release tex), unlock m,\n"
      "  acquire help, lock m, elves = elves - 1,\n"
      "  if elves == 0 (release tex), unlock m\n",
      "(reindeer = 0, release sleigh", "(release sleigh", FINDING_STUCK,
      false },
    { "5.6 building water",
      "shared o = 0\nshared h = 0\n"
      "semaphore mutex = 1\nsemaphore oq = 0\nsemaphore hq = 0\n"
      "barrier bond 3\n"
      "task O: acquire mutex, o = o + 1,\n"
      "  if h >= 2 (release hq, release hq, h = h - 2, release oq,\n"
      "    o = o - 1) else (release mutex), acquire oq, wait bond, release "
      "mutex\n"
      "task H[2]: acquire mutex, h = h + 1,\n"
      "  if h >= 2 and o >= 1 (release hq, release hq, h = h - 2, release oq,\n"
      "    o = o - 1) else (release mutex), acquire hq, wait bond\n",
      "if h >= 2 and o >= 1", "if h >= 3 and o >= 1", FINDING_STUCK, true },
    { "5.8 the roller coaster",
      "shared boarders = 0\nshared unboarders = 0\n"
      "semaphore board = 0\nsemaphore unboard = 0\n"
      "semaphore aboard = 0\nsemaphore ashore = 0\n"
      "task car: repeat 2 (release board, release board, acquire aboard,\n"
      "  release unboard, release unboard, acquire ashore)\n"
      "task P[4]: acquire board, lock m, boarders = boarders + 1,\n"
      "  if boarders == 2 (release aboard, boarders = 0), unlock m,\n"
      "  acquire unboard, lock m, unboarders = unboarders + 1,\n"
      "  if unboarders == 2 (release ashore, unboarders = 0), unlock m\n",
      "release ashore, unboarders = 0", "release ashore", FINDING_STUCK,
      false },
    { "6.1 search, insert, delete",
      "shared searchers = 0\nshared inserters = 0\nshared list = 0\n"
      "semaphore no_searcher = 1\nsemaphore no_inserter = 1\n"
      "task S: lock ms, searchers = searchers + 1,\n"
      "  if searchers == 1 (acquire no_searcher), unlock ms, x = list,\n"
      "  lock ms, searchers = searchers - 1,\n"
      "  if searchers == 0 (release no_searcher), unlock ms\n"
      "task I[2]: lock mi, inserters = inserters + 1,\n"
      "  if inserters == 1 (acquire no_inserter), unlock mi, lock insert,\n"
      "  list = list + 1, unlock insert, lock mi,\n"
      "  inserters = inserters - 1,\n"
      "  if inserters == 0 (release no_inserter), unlock mi\n"
      "task D: acquire no_searcher, acquire no_inserter,\n"
      "  list = list - 1, release no_inserter, release no_searcher\n",
      "acquire no_searcher, acquire no_inserter,\n  list = list - 1, release "
      "no_inserter,",
      "acquire no_searcher, list = list - 1,", FINDING_LOST_UPDATE, false },
    { "6.2 the bathroom for two",
      "shared men = 0\nshared women = 0\n"
      "semaphore empty = 1\nsemaphore turnstile = 1\nsemaphore wrong\n"
      "task M[2]: acquire turnstile, lock m, men = men + 1,\n"
      "  if men == 1 (acquire empty), unlock m, release turnstile,\n"
      "  if women > 0 (acquire wrong),\n"
      "  lock m, men = men - 1, if men == 0 (release empty), unlock m\n"
      "task W: acquire turnstile, acquire empty, women = 1,\n"
      "  release turnstile, cpu 5,\n"
      "  women = 0, release empty\n",
      "if men == 0 (release empty)", "if men == 1 (release empty)",
      FINDING_STUCK, true },
    { "6.3 baboons on a rope",
      "shared east = 0\nshared crossing = 0\n"
      "semaphore rope = 1\nsemaphore turnstile = 1\nsemaphore wrong\n"
      "task E[2]: acquire turnstile, lock m, east = east + 1,\n"
      "  if east == 1 (acquire rope), unlock m, release turnstile,\n"
      "  if crossing > 0 (acquire wrong),\n"
      "  lock m, east = east - 1, if east == 0 (release rope), unlock m\n"
      "task W: acquire turnstile, acquire rope, crossing = 1,\n"
      "  release turnstile, crossing = 0, release rope\n",
      "release turnstile, crossing = 0, release rope",
      "release turnstile, release rope, crossing = 0", FINDING_STUCK, true },
    { "7.4 the Senate bus",
      "shared riders = 0\n"
      "semaphore bus = 0\nsemaphore aboard = 0\n"
      "task B daemon: repeat (sleep 10, acquire mutex,\n"
      "  if riders > 0 (release bus, acquire aboard), release mutex)\n"
      "semaphore mutex = 1\n"
      "task R[2]: acquire mutex, riders = riders + 1, release mutex,\n"
      "  acquire bus, riders = riders - 1,\n"
      "  if riders == 0 (release aboard) else (release bus)\n",
      "(release aboard) else (release bus)",
      "(release bus) else (release aboard)", FINDING_STUCK, false },
    { "7.6 the dining hall",
      "shared eating = 0\nshared ready = 0\n"
      "semaphore leave = 0\nsemaphore wrong\n"
      "task S[3]: lock m, eating = eating + 1,\n"
      "  if eating == 2 and ready == 1 (release leave, ready = 0), unlock m,\n"
      "  lock m, eating = eating - 1, ready = ready + 1,\n"
      "  if eating == 1 and ready == 1 (unlock m, acquire leave) else (\n"
      "    if eating == 0 and ready == 2 (release leave, ready = 0) else (\n"
      "      ready = ready - 1), unlock m)\n",
      "eating == 0 and ready == 2", "eating == 0 and ready == 3", FINDING_STUCK,
      true },
};

enum {
    PUZZLES = sizeof puzzles / sizeof *puzzles,
    SCHEDULES = 3000,
    ENOUGH = 10000, /* for those that are complete */
    TEXT_BYTES = 4096,
};

static struct explored *explore_text(const char *name, const char *text,
                                     bool complete)
{
    struct explore_options options = { .preemptive = true,
                                       .schedules = complete ? ENOUGH
                                                             : SCHEDULES,
                                       .max_preemptions = -1,
                                       .seed = 1,
                                       .limit_ns = 1000000000 };
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse(name, name, text, strlen(text),
                                               &diag);
    struct explored *explored;

    ck_assert_msg(workload != NULL, "%s: %d:%d: %s", name, diag.line,
                  diag.column, diag.message);
    explored = explore(workload, &options, &diag);
    ck_assert_msg(explored != NULL, "%s: %s", name, diag.message);
    workload_free(workload);
    return explored;
}

START_TEST(a_solution_never_goes_wrong)
{
    const struct puzzle *puzzle = &puzzles[_i];
    struct explored *explored = explore_text(puzzle->name, puzzle->text,
                                             puzzle->complete);

    ck_assert_msg(explored->count == 0, "%s: finding %d", puzzle->name,
                  explored->count > 0 ? (int)explored->finding[0].kind : 0);
    ck_assert_msg(explored->complete || !puzzle->complete, "%s", puzzle->name);
    explored_free(explored);
}
END_TEST

START_TEST(a_broken_one_is_found)
{
    const struct puzzle *puzzle = &puzzles[_i];
    const char *place = strstr(puzzle->text, puzzle->from);
    struct explored *explored;
    char text[TEXT_BYTES];
    bool found = false;

    ck_assert_msg(place != NULL, "%s", puzzle->name);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(place - puzzle->text),
             puzzle->text, puzzle->to, place + strlen(puzzle->from));
    explored = explore_text(puzzle->name, text, false);
    for (size_t i = 0; i < explored->count; i++)
        found |= explored->finding[i].kind == puzzle->shows;
    ck_assert_msg(found, "%s: %d findings", puzzle->name, (int)explored->count);
    explored_free(explored);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("puzzles");
    TCase *tcase = tcase_create("puzzles");

    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_solution_never_goes_wrong, 0, PUZZLES);
    tcase_add_loop_test(tcase, a_broken_one_is_found, 0, PUZZLES);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
