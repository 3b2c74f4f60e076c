/*
 * chrome_arrow.c -- who wakes whom.
 *
 * An arrow's two ends are two events, and any number of arrows may be open.
 * They wait in a table of fixed size, where a new one takes the place of an old
 * one: what is lost that way is who woke somebody, never where anybody was.
 */
#include "sched/base/xalloc.h"
#include "sched/exchange/chrome_internal.h"

enum {
    ARROWS = 1 << 16
};

struct arrow {
    uint64_t id; /* 0: none */
    int64_t t_ns;
    uint32_t lane;
};

/* FNV-1a (Fowler, Noll, Vo): any function would do. */
static uint64_t mix(uint64_t hash, const char *text)
{
    do
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    while (*text++);
    return hash;
}

static struct arrow *arrow_of(struct chrome_reader *chrome, uint64_t *id)
{
    *id = UINT64_C(0xCBF29CE484222325);
    *id = mix(*id, chrome_id(chrome)->text);
    *id = mix(*id, chrome->value[CATEGORY].text);
    *id = mix(*id, chrome->value[NAME].text) | 1;
    if (!chrome->arrow)
        chrome->arrow = xcalloc(ARROWS, sizeof *chrome->arrow);
    return &chrome->arrow[(*id >> 20) % ARROWS];
}

/* concviz writes an arrow right behind the state to which it leads. */
static void wake(struct chrome_reader *chrome, uint32_t lane,
                 const struct arrow *arrow)
{
    struct journal_moment *last = journal_last(chrome->journal);
    struct journal_moment moment = chrome_moment(arrow->t_ns, lane,
                                                 MOMENT_ARROW);

    moment.object = (int32_t)arrow->lane;
    moment.value = chrome_is(chrome, NAME, "preemption") ? READY_PREEMPTED
                                                         : READY_WOKEN;
    if (!chrome->ours) {
        chrome_add(chrome, moment);
    } else if (last && last->kind == MOMENT_STATE && last->lane == lane &&
               last->event == EVENT_READY) {
        last->object = moment.object;
        last->value = moment.value;
    }
}

/* 's' begins one, 't' goes on, 'f' ends it. Whoever is woken may only run some
 * time later; ready it is from the moment the arrow began. */
void chrome_read_arrow(struct chrome_reader *chrome, char phase)
{
    struct arrow *arrow;
    uint32_t lane;
    uint64_t id;
    int64_t t_ns;

    if (!chrome_time(chrome, TIME, REMARK_NO_TIME, &t_ns))
        return;
    lane = chrome_thread(chrome);
    arrow = arrow_of(chrome, &id);
    if (phase != 's' && arrow->id == id && arrow->lane != lane &&
        arrow->t_ns <= t_ns && lane != JOURNAL_NO_LANE)
        wake(chrome, lane, arrow);
    if (phase == 'f')
        arrow->id = 0;
    else if (lane != JOURNAL_NO_LANE)
        *arrow = (struct arrow){ id, t_ns, lane };
}
