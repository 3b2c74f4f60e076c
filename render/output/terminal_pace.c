/*
 * terminal_pace.c -- a slow terminal is shown fewer frames, and not old ones.
 *
 * What a terminal has not read stands in buffers: 16 kB in a pseudo-terminal,
 * more on a network. On a line of 960 bytes a second that is what was true
 * 17 seconds ago, and the system does not say how much it is. The terminal can:
 * where the cursor stands, asked at the end of a frame, is answered once all
 * before it has been read.
 *
 * The first answer, to a question on an empty line, says what is usual; the
 * second, after a frame, whether the terminal is slow. Most are not, and never
 * asked again. If it is, each frame ends in a question, and no other is sent
 * until it has arrived; when answers come soon, there are four a second. An
 * answer may get lost, and not every terminal gives one; so nothing waits for it
 * for ever.
 */
#include "render/output/terminal_pace.h"

#include "sched/base/clock.h"

static const int64_t often_ns = 250 * NS_PER_MS;
static const int64_t prompt_ns = 100 * NS_PER_MS; /* beyond the usual */
static const int64_t patience_ns = 10 * NS_PER_S;

void terminal_pace_init(struct terminal_pace *pace)
{
    *pace = (struct terminal_pace){ .usual_ns = -1 };
}

bool terminal_pace_drawn(struct terminal_pace *pace, int64_t now_ns)
{
    int64_t passed_ns = now_ns - pace->asked_ns;

    pace->drawn = true;
    if (pace->usual_ns < 0)
        return false;
    if (pace->open)
        return passed_ns >= patience_ns;
    return pace->slow || (pace->was_slow && passed_ns >= often_ns);
}

void terminal_pace_ask(struct terminal_pace *pace, int64_t now_ns)
{
    pace->open = true;
    pace->expected = pace->usual_ns >= 0;
    pace->asked_ns = now_ns;
}

static bool is_late(const struct terminal_pace *pace, int64_t now_ns)
{
    return now_ns - pace->asked_ns > pace->usual_ns + prompt_ns;
}

void terminal_pace_answer(struct terminal_pace *pace, int64_t now_ns)
{
    bool first = pace->usual_ns < 0;

    if (!pace->open)
        return;
    pace->open = pace->expected = false;
    if (first)
        pace->usual_ns = now_ns - pace->asked_ns;
    pace->slow = is_late(pace, now_ns);
    pace->was_slow |= pace->slow;
    pace->slow |= first; /* until it is known */
}

void terminal_pace_forget(struct terminal_pace *pace)
{
    pace->open = pace->expected = false;
}

bool terminal_pace_behind(const struct terminal_pace *pace, int64_t now_ns)
{
    int64_t passed_ns = now_ns - pace->asked_ns;

    if (!pace->open || !pace->drawn)
        return false;
    if (pace->usual_ns < 0)
        return passed_ns < often_ns;
    return (pace->slow || is_late(pace, now_ns)) && passed_ns < patience_ns;
}
