/*
 * race_tell.c -- see race_tell.h. Three lines: what, and the two uses, the older
 * one first, each with its line of the source where that is known.
 */
#include "sched/preload/race_tell.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/i18n.h"
#include "sched/preload/activate.h"
#include "sched/preload/fiber.h"
#include "sched/preload/order.h"
#include "sched/preload/order_board.h"
#include "sched/preload/stuck.h"
#include "sched/preload/symbol.h"

enum {
    TOLD_MAX = 20, /* more are not read */
    WHAT_BYTES = 96,
    PLACE_BYTES = 160,
    MAIN_BYTES = 8 << 20, /* of its stack, as is usual */
};

static struct {
    struct race_told told[TOLD_MAX];
    size_t count;
} race_tale;

/* --- names ---------------------------------------------------------------- */

/* Where main's stack begins; the C library's. */
extern void *__libc_stack_end;

/* Whose stack it is on; NULL: nobody's. */
static const struct fiber *owner_of_stack(const void *address)
{
    for (const struct fiber *f = fiber_first(); f; f = f->newer)
        if ((uintptr_t)address - (uintptr_t)f->stack.low < f->stack.size)
            return f;
    if ((uintptr_t)__libc_stack_end - (uintptr_t)address < MAIN_BYTES)
        return fiber_of_number(1);
    return NULL;
}

static void name_variable(char text[WHAT_BYTES], const void *address)
{
    const struct fiber *owner = owner_of_stack(address);
    char who[STUCK_NAME_BYTES];
    struct symbol symbol;

    if (symbol_find(&symbol, address))
        elf_symbol_write(text, WHAT_BYTES, &symbol.is, SIZE_MAX);
    else if (owner) {
        stuck_name(who, owner);
        snprintf(text, WHAT_BYTES, _("a variable on the stack of %s"), who);
    } else
        snprintf(text, WHAT_BYTES, _("memory at %p"), address);
}

static void name_thread(char text[STUCK_NAME_BYTES], int number)
{
    const struct fiber *fiber = number ? fiber_of_number(number) : NULL;

    if (fiber)
        stuck_name(text, fiber);
    else
        snprintf(text, STUCK_NAME_BYTES, "%s", _("a thread that has ended"));
}

/* from is where the call returns to: the byte before it is of the call. */
static void name_place(char text[PLACE_BYTES], const void *from)
{
    const char *call = (const char *)from - 1;
    struct elf_line line;
    struct symbol symbol;

    if (symbol_line(&line, call))
        snprintf(text, PLACE_BYTES, "%s:%u", line.file, line.line);
    else if (symbol_find(&symbol, call))
        snprintf(text, PLACE_BYTES, "%s()", symbol.is.name);
    else
        snprintf(text, PLACE_BYTES, "%p", from);
}

/* --- sentences ------------------------------------------------------------ */

struct race_text {
    char text[ORDER_BOARD_RACE];
    size_t length;
};

/* What does not fit is left out. */
static __attribute__((format(printf, 2, 3))) void add(struct race_text *out,
                                                      const char *format, ...)
{
    size_t room = sizeof out->text - out->length;
    va_list list;
    int length;

    va_start(list, format);
    length = vsnprintf(out->text + out->length, room, format, list);
    va_end(list);
    if (length > 0)
        out->length += (size_t)length < room ? (size_t)length : room - 1;
}

/* Reads, writes; both of an atomic operation. */
static const char *const deed[2][2] = {
    { N_("%s reads it at %s"), N_("%s writes it at %s") },
    { N_("%s reads it atomically at %s"), N_("%s writes it atomically at %s") },
};

static void add_use(struct race_text *out, const struct race_use *use)
{
    char who[STUCK_NAME_BYTES], place[PLACE_BYTES];

    name_thread(who, use->number);
    name_place(place, use->from);
    add(out, "\n  ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    add(out, _(deed[use->atomic][use->writes]), who, place);
#pragma GCC diagnostic pop
}

static void print(const struct race_text *text)
{
    char copy[ORDER_BOARD_RACE], *rest;

    strcpy(copy, text->text);
    for (const char *line = strtok_r(copy, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        dprintf(STDERR_FILENO, "concviz: %s\n", line);
}

/* A search says it itself, once for all runs. */
static void tell(const void *context)
{
    const struct race_told *told = context;
    struct race_text out = { .length = 0 };
    struct order_board *board = order_told();
    char what[WHAT_BYTES];

    name_variable(what, told->address);
    add(&out,
        _("data race on %s: two threads use it without a lock in common, and "
          "nothing says who comes first"),
        what);
    add_use(&out, &told->use[0]);
    add_use(&out, &told->use[1]);
    if (!board || board->control < 0)
        print(&out);
    if (!board || board->race)
        return;
    board->race = (uintptr_t)told->address;
    strcpy(board->race_text, out.text);
}

static bool same_places(const struct race_told *a, const struct race_told *b)
{
    return (a->use[0].from == b->use[0].from &&
            a->use[1].from == b->use[1].from) ||
           (a->use[0].from == b->use[1].from &&
            a->use[1].from == b->use[0].from);
}

void race_tell(const struct race_told *told)
{
    for (size_t i = 0; i < race_tale.count; i++)
        if (race_tale.told[i].address == told->address ||
            same_places(&race_tale.told[i], told))
            return;
    if (race_tale.count == TOLD_MAX)
        return;
    race_tale.told[race_tale.count++] = *told;
    activate_say(tell, told);
}
