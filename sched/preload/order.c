/*
 * order.c -- see order.h.
 *
 * Chance comes in two kinds. A walk throws every decision, which finds most
 * mistakes of small programs. Priorities (Burckhardt, Kothari, Musuvathi and
 * Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding
 * bugs", ASPLOS 2010) let the most important go on, and lower somebody in a few
 * decisions chosen before: a mistake that needs d orders is found with a chance
 * that is known, however long the program is.
 */
#include "sched/preload/order.h"

#include <sys/mman.h>
#include <unistd.h>

#include "sched/base/random.h"
#include "sched/preload/fiber.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/order_board.h"

enum {
    STOP_BITS = 2, /* --policy random: who can go on is stopped so often */
    LOWERED = 64,  /* whose priority has changed, at a time */
    DEPTH_MAX = 16,
};

/* Priorities that were changed: the later, the lower. */
struct lowered {
    int number; /* of the fiber */
    uint64_t priority;
};

bool order_directed;

static struct {
    enum order_way way;
    uint64_t luck;
    unsigned stop_bits;
    struct order_board *board;
    uint32_t at, next; /* decision, departure */
    struct lowered lowered[LOWERED];
    uint64_t changes; /* so many */
    uint32_t change[DEPTH_MAX];
} order;

struct order_board *order_told(void)
{
    return order.board;
}

void order_by_chance(uint64_t seed)
{
    order_directed = true;
    order.way = ORDER_WALK;
    order.stop_bits = STOP_BITS;
    order.luck = seed;
}

void order_open(int fd)
{
    void *board = mmap(NULL, sizeof *order.board, PROT_READ | PROT_WRITE,
                       MAP_SHARED, fd, 0);

    kernel_call(SYS_close, fd);
    if (board == MAP_FAILED)
        return;
    order.board = board;
    order_directed = true;
    order_begin();
}

void order_begin(void)
{
    struct order_board *board = order.board;

    order.way = board->way;
    order.luck = board->seed;
    order.stop_bits = board->stop_bits % 64;
    order.at = order.next = 0;
    order.changes = 0;
    for (size_t i = 0; i < LOWERED; i++)
        order.lowered[i].number = 0;
    for (uint32_t i = 0; i < DEPTH_MAX; i++)
        order.change[i] = i + 1 < board->depth && board->length > 0
                              ? (uint32_t)random_below(&order.luck,
                                                       board->length)
                              : UINT32_MAX;
    board->points = board->followed = 0;
    board->unfit = board->cut = board->deadlock = false;
    board->race = board->sharing = 0;
}

bool order_is_near(uint32_t decisions)
{
    const struct order_board *board = order.board;
    const struct order_departure *next = &board->departure[order.next];
    bool more = order.next < board->departures &&
                order.next < ORDER_BOARD_DEPARTURES;

    return (more && next->at - order.at <= decisions) ||
           (order.next > 0 && order.at - next[-1].at <= decisions) ||
           order.at + decisions >= board->last;
}

bool order_has_departed(void)
{
    const struct order_board *board = order.board;

    return board && board->control < 0 && order.way == ORDER_FOLLOW &&
           (board->unfit || board->followed < board->departures);
}

void order_forget(void)
{
    order_directed = false;
    order.board = NULL;
}

/* --- priorities ----------------------------------------------------------- */

static uint64_t priority_of(const struct fiber *fiber)
{
    const struct lowered *lowered = &order.lowered[fiber->number % LOWERED];

    if (lowered->number == fiber->number)
        return lowered->priority;
    return random_mix(order.board->seed + (uint64_t)fiber->number) | UINT64_C(1)
                                                                         << 63;
}

static void lower(const struct fiber *fiber)
{
    order.lowered[fiber->number % LOWERED] = (struct lowered){
        fiber->number, (UINT64_C(1) << 62) - ++order.changes
    };
}

static bool is_change(void)
{
    for (size_t i = 0; i < DEPTH_MAX; i++)
        if (order.change[i] == order.at)
            return true;
    return false;
}

static size_t most_important(const struct fiber *running,
                             const struct fiber *first)
{
    const struct fiber *best = running ? running : first;
    size_t choice = 0, i = running != NULL;

    for (const struct fiber *f = first; f; f = f->next, i++)
        if (priority_of(f) > priority_of(best)) {
            best = f;
            choice = i;
        }
    return choice;
}

static size_t by_priority(const struct fiber *running,
                          const struct fiber *first)
{
    if (is_change())
        lower(running ? running : first);
    return most_important(running, first);
}

void order_step_aside(const struct fiber *fiber)
{
    if (order.way == ORDER_PRIORITIES)
        lower(fiber);
}

/* --- decisions ------------------------------------------------------------ */

/* Stopping somebody is rarer than other decisions, or hardly a thread would
 * come to its second call. */
static size_t by_chance(size_t count, bool stops)
{
    if (!stops)
        return random_below(&order.luck, count);
    if (random_below(&order.luck, UINT64_C(1) << order.stop_bits) != 0)
        return 0;
    return 1 + random_below(&order.luck, count - 1);
}

static size_t by_departures(size_t count)
{
    struct order_board *board = order.board;
    const struct order_departure *departure = &board->departure[order.next];

    if (order.next >= board->departures ||
        order.next >= ORDER_BOARD_DEPARTURES || departure->at != order.at)
        return 0;
    board->followed = ++order.next;
    if (departure->choice < count)
        return departure->choice;
    board->unfit = true;
    return count - 1;
}

static void note(size_t count, size_t choice, bool stops)
{
    struct order_board *board = order.board;

    if (order.at < ORDER_BOARD_POINTS) {
        board->point[order.at] = (struct order_point){ (uint32_t)count,
                                                       (uint32_t)choice,
                                                       stops };
        board->points = order.at + 1;
    } else {
        board->cut = true;
        order.way = ORDER_FOLLOW;
    }
    order.at++;
}

size_t order_choose(const struct fiber *running, const struct fiber *first)
{
    size_t count = running != NULL, choice;

    if (!order_directed)
        return 0;
    for (const struct fiber *f = first; f; f = f->next)
        count++;
    if (count == 1)
        return 0;
    if (order.way == ORDER_WALK)
        choice = by_chance(count, running);
    else if (order.way == ORDER_PRIORITIES)
        choice = by_priority(running, first);
    else
        choice = by_departures(count);
    if (order.board)
        note(count, choice, running);
    return choice;
}
