/*
 * Frames on their way to terminals of many speeds, in a time of our own: how
 * much waits there, and how old is what arrives?
 */
#include "tests/suite.h"

#include <string.h>

#include "render/output/terminal_pace.h"
#include "sched/base/clock.h"

enum {
    STEP_MS = 1,
    FRAME_MS = 33,
    FIRST_BYTES = 3400, /* the whole picture; later ones only what changed */
    FRAME_BYTES = 500,
    QUESTION_BYTES = 4,
    ROOM = 16384, /* of a pseudo-terminal */
    ON_THE_WAY = 1000
};

struct sent {
    double end; /* all bytes sent until then */
    int64_t at_ns;
    bool asks, read;
};

struct line {
    double bytes_per_s;
    int64_t echo_ns; /* an answer takes so long to come back */
    int silent_from; /* the number of the first answer that is not given */
    int silent_to;
};

struct seen {
    int frames;
    double waiting_max;
    int64_t oldest_ns;
};

struct ride {
    const struct line *line;
    struct terminal_pace pace;
    struct sent sent[ON_THE_WAY * 2];
    int64_t answer_ns[ON_THE_WAY * 2];
    int sent_count, answers, given;
    double written, read;
};

static void ask(struct ride *ride, int64_t now_ns)
{
    ride->written += QUESTION_BYTES;
    ride->sent[ride->sent_count - 1].asks = true;
    ride->sent[ride->sent_count - 1].end = ride->written;
    terminal_pace_ask(&ride->pace, now_ns);
}

static void send_frame(struct ride *ride, int64_t now_ns)
{
    ride->written += ride->written > 0 ? FRAME_BYTES : FIRST_BYTES;
    ride->sent[ride->sent_count++] = (struct sent){ .end = ride->written,
                                                    .at_ns = now_ns };
    if (terminal_pace_drawn(&ride->pace, now_ns))
        ask(ride, now_ns);
}

/* The terminal has read on, and answers what it has come to. */
static void read_on(struct ride *ride, int64_t now_ns, struct seen *late)
{
    ride->read += ride->line->bytes_per_s * STEP_MS / 1000;
    if (ride->read > ride->written)
        ride->read = ride->written;
    for (int i = 0; i < ride->sent_count; i++) {
        struct sent *sent = &ride->sent[i];
        int number = ride->answers;

        if (sent->read || sent->end > ride->read)
            continue;
        sent->read = true;
        if (late && now_ns - sent->at_ns > late->oldest_ns)
            late->oldest_ns = now_ns - sent->at_ns;
        if (!sent->asks)
            continue;
        ride->answer_ns[ride->answers++] = number >= ride->line->silent_from &&
                                                   number <
                                                       ride->line->silent_to
                                               ? TIME_NEVER
                                               : now_ns + ride->line->echo_ns;
    }
    for (int i = 0; i < ride->answers; i++)
        if (ride->answer_ns[i] <= now_ns) {
            ride->answer_ns[i] = TIME_NEVER;
            terminal_pace_answer(&ride->pace, now_ns);
        }
}

/* Half a minute of frames; what is seen counts after the first ten seconds. */
static struct seen ride(const struct line *line)
{
    static struct ride ride;
    struct seen seen = { 0 };

    memset(&ride, 0, sizeof ride);
    ride.line = line;
    terminal_pace_init(&ride.pace);
    ride.sent_count = 1; /* the question before the first frame */
    ask(&ride, 0);
    for (int64_t ms = 0; ms < 30000; ms += STEP_MS) {
        int64_t now_ns = ms * NS_PER_MS;
        bool late = ms >= 10000;

        read_on(&ride, now_ns, late ? &seen : NULL);
        if (late && ride.written - ride.read > seen.waiting_max)
            seen.waiting_max = ride.written - ride.read;
        if (ms % FRAME_MS != 0 || terminal_pace_behind(&ride.pace, now_ns) ||
            ride.written - ride.read > ROOM)
            continue;
        seen.frames += late;
        send_frame(&ride, now_ns);
    }
    return seen;
}

static const struct line slow[] = {
    { .bytes_per_s = 960 },
    { .bytes_per_s = 240 },
    { .bytes_per_s = 2400 },
    { .bytes_per_s = 960, .echo_ns = 200 * NS_PER_MS },
};

START_TEST(on_a_slow_line_one_frame_is_on_its_way)
{
    struct seen seen = ride(&slow[_i]);

    ck_assert_double_le(seen.waiting_max, FRAME_BYTES + QUESTION_BYTES);
    ck_assert_int_ge(seen.frames, 5);
    ck_assert_int_le(seen.oldest_ns, 3 * NS_PER_S);
}
END_TEST

/* What this would see of a version that lets frames stand in line. */
START_TEST(frames_that_stand_in_line_are_noticed)
{
    struct line deaf = slow[_i];
    struct seen seen;

    deaf.silent_to = ON_THE_WAY;
    seen = ride(&deaf);
    ck_assert_double_gt(seen.waiting_max, ROOM - FRAME_BYTES);
    ck_assert_int_gt(seen.oldest_ns, 5 * NS_PER_S);
}
END_TEST

START_TEST(a_quick_line_gets_each_frame)
{
    static const int64_t echo_ns[] = { 0, 5 * NS_PER_MS, 200 * NS_PER_MS };
    struct line quick = { .bytes_per_s = 1e6, .echo_ns = echo_ns[_i] };
    struct seen seen = ride(&quick);

    ck_assert_int_ge(seen.frames, 20000 / FRAME_MS);
}
END_TEST

START_TEST(so_does_one_that_never_answers)
{
    struct line quick = { .bytes_per_s = 1e6, .silent_to = ON_THE_WAY };

    ck_assert_int_ge(ride(&quick).frames, 20000 / FRAME_MS);
}
END_TEST

/* Ten seconds are over before frames are counted here. */
START_TEST(an_answer_that_is_lost_is_not_waited_for_for_ever)
{
    struct line quick = { .bytes_per_s = 1e6,
                          .silent_from = 1,
                          .silent_to = 2 };

    ck_assert_int_ge(ride(&quick).frames, 20000 / FRAME_MS - 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/pace");
    TCase *tests = tcase_create("pace");
    int lines = sizeof slow / sizeof *slow;

    tcase_add_loop_test(tests, on_a_slow_line_one_frame_is_on_its_way, 0,
                        lines);
    tcase_add_loop_test(tests, frames_that_stand_in_line_are_noticed, 0, lines);
    tcase_add_loop_test(tests, a_quick_line_gets_each_frame, 0, 3);
    tcase_add_test(tests, so_does_one_that_never_answers);
    tcase_add_test(tests, an_answer_that_is_lost_is_not_waited_for_for_ever);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
