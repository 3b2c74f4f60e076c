/*
 * Contexts keep what a function call keeps, on stacks that are aligned.
 *
 * What the compiler would hide is said in assembly: fill all registers a call
 * must preserve with known values, switch, and look whether they are the same.
 */
#include "tests/suite.h"

#include <stdint.h>
#include <string.h>

#include "sched/coroutine/context.h"

enum {
    STACK_BYTES = 64 * 1024,
    PLAYERS = 5,
    SWITCHES = 200000,
};

static struct context main_context;

static void to_main(struct context *from)
{
    context_switch(from, &main_context);
}

/* Start *context and come back when it switches to main. */
static void visit(struct context *context)
{
    context_switch(&main_context, context);
}

static _Alignas(64) char stack[PLAYERS][STACK_BYTES];

/* --- the stack ------------------------------------------------------------ */

static struct {
    struct context context;
    uintptr_t frame, argument;
} seen;

static void look_around(void *argument)
{
    /* Not the address of a variable: a sanitizer keeps those elsewhere. */
    seen.frame = (uintptr_t)__builtin_frame_address(0);
    seen.argument = (uintptr_t)argument;
    for (;;)
        to_main(&seen.context);
}

START_TEST(a_new_context_begins_on_its_stack_with_its_argument)
{
    context_make(&seen.context, stack[0], STACK_BYTES, look_around, stack);
    visit(&seen.context);
    ck_assert_uint_eq(seen.argument, (uintptr_t)stack);
    ck_assert(seen.frame > (uintptr_t)stack[0]);
    ck_assert(seen.frame < (uintptr_t)stack[0] + STACK_BYTES);
}
END_TEST

#ifdef __x86_64__
__asm__(".text\n"
        "note_stack_pointer:\n"
        "        mov %rsp, seen_stack_pointer(%rip)\n"
        "        jmp note_and_leave\n");
uintptr_t seen_stack_pointer;
void note_stack_pointer(void *argument);
void note_and_leave(void);

void note_and_leave(void)
{
    for (;;)
        to_main(&seen.context);
}

START_TEST(the_entry_finds_the_alignment_the_abi_promises)
{
    for (size_t odd = 0; odd < 32; odd++) {
        context_make(&seen.context, stack[0], STACK_BYTES - odd,
                     note_stack_pointer, NULL);
        visit(&seen.context);
        ck_assert_uint_eq(seen_stack_pointer % 16, 8);
    }
}
END_TEST
#endif

/* --- registers ------------------------------------------------------------ */

#if defined __x86_64__
enum {
    WORDS = 6
};
/* Load the registers from word[], switch, store them into word[]. */
#define SWITCH_WITH_REGISTERS(word, from, to)                                  \
    __asm__ volatile("push %%rbp\n\t"                                          \
                     "push %[words]\n\t"                                       \
                     "mov 0(%[words]), %%rbx\n\t"                              \
                     "mov 8(%[words]), %%rbp\n\t"                              \
                     "mov 16(%[words]), %%r12\n\t"                             \
                     "mov 24(%[words]), %%r13\n\t"                             \
                     "mov 32(%[words]), %%r14\n\t"                             \
                     "mov 40(%[words]), %%r15\n\t"                             \
                     "call context_switch\n\t"                                 \
                     "pop %%rax\n\t"                                           \
                     "mov %%rbx, 0(%%rax)\n\t"                                 \
                     "mov %%rbp, 8(%%rax)\n\t"                                 \
                     "mov %%r12, 16(%%rax)\n\t"                                \
                     "mov %%r13, 24(%%rax)\n\t"                                \
                     "mov %%r14, 32(%%rax)\n\t"                                \
                     "mov %%r15, 40(%%rax)\n\t"                                \
                     "pop %%rbp\n\t"                                           \
                     : "+D"(from), "+S"(to)                                    \
                     : [words] "a"(word)                                       \
                     : "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12",   \
                       "r13", "r14", "r15", "xmm0", "xmm1", "xmm2", "xmm3",    \
                       "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",         \
                       "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",   \
                       "memory", "cc")
#elif defined __aarch64__
enum {
    WORDS = 18
};
#define SWITCH_WITH_REGISTERS(word, from, to)                                  \
    do {                                                                       \
        register uint64_t *w __asm__("x2") = (word);                           \
        register struct context *f __asm__("x0") = (from);                     \
        register struct context *t __asm__("x1") = (to);                       \
        __asm__ volatile(                                                      \
            "stp x29, x2, [sp, #-16]!\n\t"                                     \
            "ldp x19, x20, [x2, #0]\n\t"                                       \
            "ldp x21, x22, [x2, #16]\n\t"                                      \
            "ldp x23, x24, [x2, #32]\n\t"                                      \
            "ldp x25, x26, [x2, #48]\n\t"                                      \
            "ldp x27, x28, [x2, #64]\n\t"                                      \
            "ldp d8, d9, [x2, #80]\n\t"                                        \
            "ldp d10, d11, [x2, #96]\n\t"                                      \
            "ldp d12, d13, [x2, #112]\n\t"                                     \
            "ldp d14, d15, [x2, #128]\n\t"                                     \
            "bl context_switch\n\t"                                            \
            "ldp x29, x2, [sp], #16\n\t"                                       \
            "stp x19, x20, [x2, #0]\n\t"                                       \
            "stp x21, x22, [x2, #16]\n\t"                                      \
            "stp x23, x24, [x2, #32]\n\t"                                      \
            "stp x25, x26, [x2, #48]\n\t"                                      \
            "stp x27, x28, [x2, #64]\n\t"                                      \
            "stp d8, d9, [x2, #80]\n\t"                                        \
            "stp d10, d11, [x2, #96]\n\t"                                      \
            "stp d12, d13, [x2, #112]\n\t"                                     \
            "stp d14, d15, [x2, #128]\n\t"                                     \
            : "+r"(w), "+r"(f), "+r"(t)                                        \
            :                                                                  \
            : "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12",   \
              "x13", "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21",   \
              "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x30", "v0",    \
              "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10",     \
              "v11", "v12", "v13", "v14", "v15", "v16", "v17", "v18", "v19",   \
              "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28",   \
              "v29", "v30", "v31", "memory", "cc");                            \
    } while (0)
#else
enum {
    WORDS = 8
};
/* No list of registers: live variables across the call have to do. */
#define SWITCH_WITH_REGISTERS(word, from, to)                                  \
    do {                                                                       \
        uint64_t a = (word)[0], b = (word)[1], c = (word)[2], d = (word)[3];   \
        uint64_t e = (word)[4], f = (word)[5], g = (word)[6], h = (word)[7];   \
        context_switch(from, to);                                              \
        memcpy(word, (uint64_t[]){ a, b, c, d, e, f, g, h }, 64);              \
    } while (0)
#endif

static struct context player[PLAYERS];
static uint64_t dice = 88172645463325252u;
static long switches_left, wrong;
static const uint64_t *expected; /* of who has stopped last */

/* xorshift64: small, and the same numbers on every machine. Never inlined:
 * a function that calls keeps its stack aligned and out of the red zone,
 * which the pushes in SWITCH_WITH_REGISTERS count on. */
__attribute__((noinline)) static uint64_t roll(void)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice;
}

/* Go to a random other player, with registers nobody else has. */
static void play(void *argument)
{
    size_t self = (size_t)(uintptr_t)argument;

    for (;;) {
        uint64_t word[WORDS], kept[WORDS];
        size_t other = (self + 1 + (size_t)(roll() % (PLAYERS - 1))) % PLAYERS;
        struct context *from = &player[self], *to = &player[other];
        double half = (double)self + 0.5;

        for (size_t i = 0; i < WORDS; i++)
            word[i] = roll();
        memcpy(kept, word, sizeof word);
        if (switches_left-- <= 0)
            to = &main_context;
        expected = kept;
        SWITCH_WITH_REGISTERS(word, from, to);
        if (memcmp(kept, word, sizeof word) != 0 || half != (double)self + 0.5)
            wrong++;
    }
}

START_TEST(registers_survive_random_switches)
{
    switches_left = SWITCHES;
    wrong = 0;
    for (size_t i = 0; i < PLAYERS; i++)
        context_make(&player[i], stack[i], STACK_BYTES, play,
                     (void *)(uintptr_t)i);
    visit(&player[0]);
    ck_assert_int_eq(switches_left, -1);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

#ifdef __x86_64__
/* As if a switch did not save it: the first such word from the top of a stopped
 * stack on is where it was put. */
START_TEST(a_register_that_is_lost_is_noticed)
{
    uint64_t *end = (uint64_t *)(void *)stack[1], *slot;

    switches_left = wrong = 0;
    context_make(&player[0], stack[0], STACK_BYTES, play, NULL);
    visit(&player[0]);
    slot = player[0].top;
    if ((char *)slot < stack[0] || slot >= end)
        suite_skip("contexts are not kept on their stacks here");
    while (slot < end && *slot != expected[_i])
        slot++;
    ck_assert(slot < end);
    *slot ^= 1;
    visit(&player[0]);
    ck_assert_int_eq(wrong, 1);
}
END_TEST
#endif

/* --- floating point control ----------------------------------------------- */

#if defined CONTEXT_FP_CONTROL && defined __x86_64__
static unsigned read_mxcsr(void)
{
    return __builtin_ia32_stmxcsr();
}

static void round_up(void *argument)
{
    (void)argument;
    __builtin_ia32_ldmxcsr(read_mxcsr() | 0x4000);
    to_main(&seen.context);
    seen.argument = read_mxcsr() & 0x6000;
    for (;;)
        to_main(&seen.context);
}

START_TEST(a_rounding_mode_stays_with_its_context)
{
    unsigned before = read_mxcsr() & 0x6000;

    context_make(&seen.context, stack[0], STACK_BYTES, round_up, NULL);
    visit(&seen.context);
    ck_assert_uint_eq(read_mxcsr() & 0x6000, before);
    visit(&seen.context);
    ck_assert_uint_eq(seen.argument, 0x4000);
    ck_assert_uint_eq(read_mxcsr() & 0x6000, before);
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *tcase = tcase_create("context");

    tcase_add_test(tcase, a_new_context_begins_on_its_stack_with_its_argument);
#ifdef __x86_64__
    tcase_add_test(tcase, the_entry_finds_the_alignment_the_abi_promises);
#endif
    tcase_add_test(tcase, registers_survive_random_switches);
#ifdef __x86_64__
    tcase_add_loop_test(tcase, a_register_that_is_lost_is_noticed, 0, WORDS);
#endif
#if defined CONTEXT_FP_CONTROL && defined __x86_64__
    tcase_add_test(tcase, a_rounding_mode_stays_with_its_context);
#endif
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
