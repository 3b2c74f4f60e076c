/*
 * journal_settle.c -- where a lane is, told as events.
 *
 * A slice that ends where the next one begins is no way out and in again, and
 * files have them in any order. So the slices of an instant are only counted,
 * and when all of them have been, each lane they belong to is looked at: is one
 * still open, which, and is there another one to come? Machines are left before
 * others come to them.
 *
 * Where a file does not say where a task runs, it gets the first machine that is
 * free: as many machines as computed at once.
 */
#include "sched/base/clock.h"
#include "sched/base/text.h"
#include "sched/exchange/journal_internal.h"
#include "sched/trace/trace.h"

static struct event event_of(const struct journal_play *play, uint32_t lane,
                             enum event_kind kind)
{
    return (struct event){ .t_ns = play->now_ns - play->zero_ns,
                           .kind = (uint16_t)kind,
                           .task = (uint32_t)play->course[lane].task,
                           .machine = EVENT_NO_MACHINE };
}

int64_t journal_task(const struct journal_play *play, int32_t lane)
{
    const struct journal_lane *known;

    if (lane < 0)
        return -1;
    known = &play->journal->lane[lane];
    if (!known->used && known->other != JOURNAL_NO_LANE)
        lane = (int32_t)known->other;
    return play->course[lane].task;
}

void journal_touch(struct journal_play *play, uint32_t lane)
{
    if (play->course[lane].touched || play->course[lane].task < 0)
        return;
    play->course[lane].touched = true;
    play->touched[play->touched_count++] = lane;
}

/* --- machines ------------------------------------------------------------- */

static bool is_at_machine(unsigned event)
{
    return event == EVENT_RUN || event == EVENT_HOLD || event == EVENT_CALL ||
           event == EVENT_STOLEN || event == EVENT_SWITCH;
}

static void leave_machine(struct journal_play *play, uint32_t lane)
{
    struct journal_course *course = &play->course[lane];

    if (course->machine >= 0 && play->at[course->machine] == lane)
        play->at[course->machine] = JOURNAL_NO_LANE;
    if (course->inside != JOURNAL_NO_LANE)
        journal_touch(play, course->inside);
    course->inside = JOURNAL_NO_LANE;
}

static int free_machine(struct journal_play *play)
{
    for (int i = 0; i < JOURNAL_PLACES_MAX; i++)
        if (play->at[i] == JOURNAL_NO_LANE)
            return i;
    if (!play->trace)
        journal_remark(play->journal, REMARK_PLACES, 0, 0);
    return -1;
}

static int machine_for(struct journal_play *play, uint32_t lane,
                       const struct journal_moment *to)
{
    const struct journal *journal = play->journal;
    struct journal_course *course = &play->course[lane];
    int served_as = journal->lane[lane].served_as;

    if (to->place == JOURNAL_NOWHERE)
        return -1;
    if (to->place != JOURNAL_NO_PLACE)
        return play->machine_of[to->place];
    if (served_as >= 0 && play->served[served_as] >= 0)
        return play->served[served_as];
    if (course->machine >= 0 && (play->at[course->machine] == lane ||
                                 (served_as >= 0 && to->event != EVENT_RUN)))
        return course->machine;
    return journal->places ? -1 : free_machine(play);
}

/* A generator stands where its caller stands; but then the file says whom each
 * machine serves. Whose state has ended leaves with this instant. */
static bool is_still_there(const struct journal_play *play, uint32_t lane)
{
    const struct journal_lane *known = &play->journal->lane[lane];
    const struct journal_course *course = &play->course[lane];

    return course->event == EVENT_RUN && known->served_as < 0 &&
           (course->known || !known->has_states);
}

/* Somebody else was seen last where this one is now. On one thread, a callback
 * runs in the middle of another one; else that the other left has been lost, and
 * where it has been since nobody knows. */
static void displace(struct journal_play *play, uint32_t lane, uint32_t other)
{
    const struct journal_lane *known = &play->journal->lane[other];
    bool inside = known->is_async && known->has_slices;
    struct event event = event_of(play, other,
                                  inside ? EVENT_AWAIT : EVENT_PAUSE);

    event.value = inside ? TIME_NEVER : -1;
    trace_add(play->trace, event);
    play->course[other].event = (uint8_t)event.kind;
    if (inside)
        play->course[lane].inside = other;
    else if (!play->trace)
        journal_remark(play->journal, REMARK_LOST, 0, 0);
}

static void come_to_machine(struct journal_play *play, uint32_t lane,
                            int machine)
{
    uint32_t other = play->at[machine];

    leave_machine(play, lane);
    if (other != JOURNAL_NO_LANE && other != lane &&
        is_still_there(play, other))
        displace(play, lane, other);
    play->at[machine] = lane;
    if (machine >= play->machines)
        play->machines = machine + 1;
}

/* --- moving --------------------------------------------------------------- */

static int16_t wait_of(const struct journal_moment *moment)
{
    bool waits = moment->event == EVENT_BLOCKED || moment->event == EVENT_HOLD;

    return waits ? (int16_t)moment->value : -1;
}

static bool is_there(const struct journal_course *course,
                     const struct journal_moment *to, int machine)
{
    if (course->event == 0 && to->event == EVENT_PAUSE)
        return true;
    if (course->event != to->event || course->event == EVENT_READY)
        return course->event == to->event;
    if (is_at_machine(to->event) && machine != course->machine)
        return false;
    return course->object == to->object && course->wait == wait_of(to);
}

/* The fields mean different things for each kind. */
static void fill(const struct journal_play *play, struct event *event,
                 const struct journal_moment *to, bool first)
{
    switch (to->event) {
    case EVENT_READY:
        event->object = first && to->value == READY_WOKEN ? READY_ARRIVED
                                                          : (int)to->value;
        event->value = journal_task(play, to->object);
        break;
    case EVENT_BLOCKED:
        event->object = (int)to->value;
        event->value = to->value == WAIT_JOIN ? journal_task(play, to->object)
                                              : to->object;
        break;
    case EVENT_HOLD:
        event->object = (int)to->value;
        event->value = TIME_NEVER;
        if (to->value == WAIT_TIME) {
            event->value = event->t_ns + to->object * NS_PER_MS;
            break;
        }
        event->spare = (uint32_t)to->object;
        if (to->value == WAIT_JOIN)
            event->spare = (uint32_t)journal_task(play, to->object);
        break;
    case EVENT_CALL:
        event->value = journal_task(play, to->object);
        break;
    case EVENT_AWAIT: /* what others have left there may be before the run */
        event->value = to->value == TIME_NEVER     ? TIME_NEVER
                       : to->value > play->zero_ns ? to->value - play->zero_ns
                                                   : 0;
        break;
    case EVENT_PAUSE:
        event->value = -1;
        break;
    default:
        break;
    }
}

/* Who has ended stays so, and a moment that changes nothing is not told. */
void journal_move(struct journal_play *play, uint32_t lane,
                  const struct journal_moment *to)
{
    struct journal_course *course = &play->course[lane];
    struct event event = event_of(play, lane, to->event);
    int machine = is_at_machine(to->event) ? machine_for(play, lane, to)
                                           : course->machine;

    if (course->task < 0 || course->done || is_there(course, to, machine))
        return;
    fill(play, &event, to,
         course->event == 0 || course->event == EVENT_CREATED);
    if (!is_at_machine(to->event)) {
        leave_machine(play, lane);
    } else if (machine >= 0) {
        come_to_machine(play, lane, machine);
        event.machine = (uint16_t)machine;
    }
    if (to->event == EVENT_RUN && machine == course->machine &&
        course->event == EVENT_STOLEN)
        event.kind = EVENT_BACK;
    else if (to->event == EVENT_RUN && course->event != EVENT_RUN &&
             is_at_machine(course->event))
        event.object = RUN_CONTINUED;
    trace_add(play->trace, event);
    course->event = to->event;
    course->machine = machine;
    course->wait = wait_of(to);
    course->object = to->object;
    course->done = to->event == EVENT_DONE;
}

/* --- the end of an instant ------------------------------------------------ */

int64_t journal_said(struct journal_play *play, int word)
{
    char clean[JOURNAL_WORD_BYTES];

    if (!play->trace)
        return 0;
    if (!play->text[word]) {
        text_clean(clean, sizeof clean, play->journal->words.entry[word].text);
        play->text[word] = trace_add_text(play->trace, clean);
    }
    return play->text[word];
}

/* The same name again and again is told once. */
void journal_tell_name(struct journal_play *play, uint32_t lane)
{
    struct journal_course *course = &play->course[lane];
    const struct journal_lane *known = &play->journal->lane[lane];
    struct event event = event_of(play, lane, EVENT_SAY);

    if (course->name < 0 || course->name == course->said ||
        course->name == known->name)
        return;
    course->said = course->name;
    if (!play->trace)
        return;
    event.value = journal_said(play, course->name);
    trace_add(play->trace, event);
}

/* Where it is now. Nobody is done out of waiting when a file ends: that only
 * says no more. */
static struct journal_moment state_of(const struct journal_play *play,
                                      uint32_t lane)
{
    const struct journal_lane *known = &play->journal->lane[lane];
    const struct journal_course *course = &play->course[lane];
    struct journal_moment moment = { .value = TIME_NEVER,
                                     .object = -1,
                                     .place = JOURNAL_NO_PLACE };

    if (known->has_states &&
        (course->known || (play->now_ns == play->last_ns && course->event &&
                           !is_at_machine(course->event))))
        return course->want;
    if (!known->has_states && course->deep > 0) {
        moment.event = EVENT_RUN;
        moment.place = course->want.place;
    } else if (!known->has_states &&
               (course->depth > 0 || (!known->is_async && course->begins_left)))
        moment.event = EVENT_AWAIT;
    else
        moment.event = course->begins_left > 0 ? EVENT_PAUSE : EVENT_DONE;
    return moment;
}

/* Who began and ended within the instant ran, and be it for no time at all; so
 * did who is only known to be in progress. */
static void settle(struct journal_play *play, uint32_t lane)
{
    struct journal_moment run = { .event = EVENT_RUN,
                                  .object = -1,
                                  .place = JOURNAL_NO_PLACE };
    struct journal_moment to = state_of(play, lane);
    struct journal_course *course = &play->course[lane];
    const struct journal_lane *known = &play->journal->lane[lane];
    bool ran = course->ran && !known->has_states;

    course->ran = false;
    if (known->is_async && course->event == 0 && course->deep == 0)
        run.place = JOURNAL_NOWHERE;
    if (ran && to.event != EVENT_RUN && course->event != EVENT_RUN)
        journal_move(play, lane, &run);
    else if (to.event == EVENT_AWAIT && course->event == EVENT_READY)
        return;
    journal_move(play, lane, &to);
    if (course->depth > 0 && !known->is_async)
        journal_tell_name(play, lane);
}

void journal_settle(struct journal_play *play)
{
    for (int coming = 0; coming < 2; coming++)
        for (size_t i = 0; i < play->touched_count; i++) {
            uint32_t lane = play->touched[i];
            bool runs = is_at_machine(state_of(play, lane).event);

            if (runs == (coming == 1))
                settle(play, lane);
        }
    for (size_t i = 0; i < play->touched_count; i++)
        play->course[play->touched[i]].touched = false;
    play->touched_count = 0;
}

void journal_close(struct journal_play *play)
{
    const struct journal *journal = play->journal;
    struct journal_moment end = { .event = EVENT_DONE,
                                  .object = -1,
                                  .place = JOURNAL_NO_PLACE };

    for (size_t i = 0; i < journal->keys.count; i++) {
        struct journal_course *course = &play->course[i];

        if (course->task < 0 || course->done ||
            (course->depth == 0 && !course->known))
            continue;
        if (!play->trace)
            journal_remark(play->journal, REMARK_NO_END, 0, 0);
        journal_move(play, (uint32_t)i, &end);
    }
}
