/*
 * What EVENT_TABLE says of each kind, as a table to look up. The table is a
 * macro so that the constant, the word and the class of a kind stand on one
 * line and none of them can be forgotten.
 */
#include "sched/trace/event.h"

static const char *const word_of[EVENT_KINDS] = {
#define X(name, word, place) [EVENT_##name] = word,
    EVENT_TABLE(X)
#undef X
};

const char *event_word(enum event_kind kind)
{
    return word_of[kind];
}
