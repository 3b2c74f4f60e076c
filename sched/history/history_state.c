/*
 * Where an event of place puts its task. Everything that counts states agrees
 * on this table: the lanes of the tasks, the tallies and the groups.
 */
#include "sched/history/history_internal.h"

/* Kinds that are not events of place are 0, which is STATE_ABSENT. */
const uint8_t history_state_of[EVENT_KINDS] = {
    [EVENT_CREATED] = STATE_ABSENT,  [EVENT_READY] = STATE_IN_LINE,
    [EVENT_SWITCH] = STATE_CHOSEN,   [EVENT_RUN] = STATE_RUNNING,
    [EVENT_HOLD] = STATE_HELD,       [EVENT_CALL] = STATE_HELD,
    [EVENT_STOLEN] = STATE_STOLEN,   [EVENT_BACK] = STATE_RUNNING,
    [EVENT_PAUSE] = STATE_ABSENT,    [EVENT_AWAIT] = STATE_AWAITING,
    [EVENT_BLOCKED] = STATE_BLOCKED, [EVENT_DONE] = STATE_DONE,
};
