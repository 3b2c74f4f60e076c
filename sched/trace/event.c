/*
 * What EVENT_TABLE says of each kind, as a table to look up. The table is a
 * macro so that the constant, the word and the class of a kind stand on one
 * line and none of them can be forgotten.
 */
#include "sched/trace/event.h"

static const struct {
    const char *word;
    bool is_place;
} kind_table[EVENT_KINDS] = {
#define X(name, word, place) [EVENT_##name] = { word, place },
    EVENT_TABLE(X)
#undef X
};

const char *event_word(enum event_kind kind)
{
    return kind_table[kind].word;
}

bool event_is_place(enum event_kind kind)
{
    return kind_table[kind].is_place;
}
