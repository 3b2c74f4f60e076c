/*
 * order_board.h -- what the search for a bad order and a run of it tell each
 * other, in memory that both processes see.
 *
 * Before a run the search writes down who is to say who is next. The run writes
 * down every decision, so that it can be had again and it is known where it
 * could have gone another way, and a few words on its end. What a run writes is
 * somebody else's program's: it is read with care, and has no bool, since one that
 * is neither 0 nor 1 may do anything.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ORDER_BOARD_H
#define CONCVIZ_SCHED_PRELOAD_ORDER_BOARD_H

#include <stdint.h>

enum {
    ORDER_BOARD_POINTS = 65536,     /* later decisions are not directed */
    ORDER_BOARD_DEPARTURES = 65536, /* more fit into no run */
    ORDER_BOARD_RACE = 512,
    ORDER_BOARD_SHARED = 64,
};

/* Who says who is next. */
enum order_way {
    ORDER_FOLLOW,     /* the departures; else what happens anyway */
    ORDER_WALK,       /* chance, at each decision */
    ORDER_PRIORITIES, /* chance gives priorities, which change depth - 1 times */
};

/* In decision number at (from 0) the choice is this one, not 0. */
struct order_departure {
    uint32_t at, choice;
};

struct order_point {
    uint32_t count, choice;
    uint8_t stops; /* all choices but 0 stop somebody who could go on */
};

struct order_board {
    /* --- told --- */
    int32_t control; /* the run's end of a socket to a search; -1: run once */
    int32_t standard[3]; /* with a search: what becomes input, output, errors */
    uint32_t way;        /* enum order_way */
    uint64_t seed;       /* of chance */
    uint32_t stop_bits;  /* ORDER_WALK: one in 2^bits is stopped */
    uint32_t depth, length; /* ORDER_PRIORITIES: of about so many decisions */
    uint32_t departures;
    uint32_t telling; /* whose uses a diary is told of: so many addresses */
    uint64_t tell[ORDER_BOARD_SHARED];
    uint32_t last; /* near where somebody is stopped, or this decision */
    /* --- answered --- */
    uint32_t points;
    uint32_t followed; /* departures that were made */
    uint8_t unfit;     /* one of them had no such choice */
    uint8_t cut;       /* there were more decisions than fit in here */
    uint8_t deadlock;
    uint64_t stuck;   /* in a deadlock: all that is waited for, mixed */
    uint8_t accesses; /* compiled by concviz cc: these are decisions, too */
    uint64_t race;    /* the first data race: of which variable; 0: none */
    char race_text[ORDER_BOARD_RACE];
    uint32_t sharing; /* what several threads use, and one writes: the first */
    uint64_t shared[ORDER_BOARD_SHARED];
    struct order_departure departure[ORDER_BOARD_DEPARTURES];
    struct order_point point[ORDER_BOARD_POINTS];
};

#endif
