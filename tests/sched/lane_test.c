/*
 * A lane against a plain list of stretches: short ones and such as last longer
 * than 32 bits of nanoseconds, and numbers of 32 bits to remember.
 */
#include "tests/suite.h"

#include "sched/base/arena.h"
#include "sched/base/random.h"
#include "sched/history/lane.h"

enum {
    STRETCHES = 700,
    QUESTIONS = 300
};

static struct lane_stretch plain[STRETCHES];
static struct arena *arena;
static struct lane lane;
static uint64_t seed;

static int64_t draw(int64_t below)
{
    return (int64_t)random_below(&seed, (uint64_t)below);
}

/* How long a stretch lasts: often no time at all, now and then very long. */
static int64_t a_while(int kind)
{
    static const int64_t longest[] = { 3, INT64_C(3000000000),
                                       INT64_C(20000000000) };

    return draw(4) == 0 ? 0 : draw(longest[draw(kind)]);
}

static void setup(int number)
{
    int64_t t_ns = draw(9);
    uint32_t what = number % 2 ? 0 : (1u << 28) - 1000;

    seed = (uint64_t)number;
    lane = (struct lane){ 0 };
    arena = arena_new();
    for (int i = 0; i < STRETCHES; i++) {
        struct lane_stretch *at = &plain[i];

        *at = (struct lane_stretch){ .from_ns = t_ns,
                                     .what = what += 1 + (uint32_t)draw(9),
                                     .state = (unsigned)draw(LANE_STATES) };
        lane_add(&lane, arena, t_ns, at->state, at->what);
        if (what >> 28 == 0 && draw(9) == 0) {
            at->state = (unsigned)draw(LANE_STATES);
            lane_correct(&lane, at->state, at->what);
        }
        ck_assert_uint_eq(lane_last_state(&lane), at->state);
        ck_assert_uint_eq(lane_last_what(&lane), at->what);
        ck_assert_int_eq(lane_last_from(&lane), at->from_ns);
        t_ns += a_while(1 + number % 3);
        at->to_ns = t_ns;
    }
}

static void obvious_sums(int64_t t_ns, int64_t ns[LANE_STATES])
{
    memset(ns, 0, LANE_STATES * sizeof *ns);
    for (int i = 0; i < STRETCHES; i++) {
        int64_t to_ns = i + 1 < STRETCHES ? plain[i].to_ns : INT64_MAX;

        if (plain[i].from_ns < t_ns)
            ns[plain[i].state] += (to_ns < t_ns ? to_ns : t_ns) -
                                  plain[i].from_ns;
    }
}

static void compare_at(int64_t t_ns)
{
    int64_t ns[LANE_STATES], sums[LANE_STATES];
    size_t index, last = 0;
    bool found = lane_find(&lane, t_ns, &index);

    while (last < STRETCHES && plain[last].from_ns <= t_ns)
        last++;
    ck_assert_int_eq(found, last > 0);
    ck_assert_uint_eq(index, last ? last - 1 : 0);
    obvious_sums(t_ns, ns);
    lane_sums(&lane, t_ns, sums);
    for (unsigned state = 0; state < LANE_STATES; state++) {
        ck_assert_int_eq(sums[state], ns[state]);
        ck_assert_int_eq(lane_sum(&lane, state, t_ns), ns[state]);
    }
}

START_TEST(a_lane_says_what_a_plain_list_says)
{
    int64_t end;

    setup(_i);
    end = plain[STRETCHES - 1].to_ns;
    ck_assert_uint_eq(lane.count, STRETCHES);
    for (size_t i = 0; i < STRETCHES; i++) {
        struct lane_stretch at = lane_at(&lane, i, end);

        ck_assert_int_eq(at.from_ns, plain[i].from_ns);
        ck_assert_int_eq(at.to_ns, plain[i].to_ns);
        ck_assert_uint_eq(at.what, plain[i].what);
        ck_assert_uint_eq(at.state, plain[i].state);
        ck_assert_uint_eq(lane_before(&lane, plain[i].what), i);
        ck_assert_uint_eq(lane_before(&lane, (size_t)plain[i].what + 1), i + 1);
    }
    for (int i = 0; i < QUESTIONS; i++) {
        compare_at(draw(end + end / 8 + 2));
        compare_at(plain[draw(STRETCHES)].from_ns - draw(2));
    }
    arena_free(arena);
}
END_TEST

START_TEST(nobody_has_been_in_an_empty_lane)
{
    struct lane empty = { 0 };
    size_t index;

    ck_assert(!lane_find(&empty, 5, &index));
    ck_assert_uint_eq(index, 0);
    ck_assert_int_eq(lane_sum(&empty, 0, 5), 0);
    ck_assert_uint_eq(lane_before(&empty, 5), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lane");
    TCase *tcase = tcase_create("lane");

    tcase_add_loop_test(tcase, a_lane_says_what_a_plain_list_says, 0, 12);
    tcase_add_test(tcase, nobody_has_been_in_an_empty_lane);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
