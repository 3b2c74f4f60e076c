/*
 * span.c -- the pieces of a life that fall into one cell.
 *
 * A cell may cover a microsecond or an hour: only so many pieces are looked at
 * one by one. With more, the cell shows that there are many, unless the exact
 * sums of the history say that all of the time was spent computing.
 *
 * On a busy computer others take the core and give it back hundreds of times in
 * a second. That is one turn all the same, with a share that was stolen.
 */
#include "render/draw/span.h"

static const int state_of[] = {
    [SERVICE_IDLE] = STATE_ABSENT,        [SERVICE_BUSY] = STATE_RUNNING,
    [SERVICE_HELD] = STATE_HELD,          [SERVICE_STOLEN] = STATE_STOLEN,
    [SERVICE_SWITCHING] = SPAN_SWITCHING,
};

size_t span_count(const struct span_source *source)
{
    return source->task >= 0
               ? history_intervals(source->history, source->task)
               : history_services(source->history, source->machine);
}

struct span_piece span_piece_at(const struct span_source *source, size_t index)
{
    struct service service;
    struct stay stay;

    if (source->task >= 0) {
        stay = history_stay(source->history, source->task, index);
        return (struct span_piece){
            .from_ns = stay.from_ns,
            .to_ns = stay.to_ns,
            .task = source->task,
            .state = stay.changing ? SPAN_SWITCHING : (int)stay.state,
        };
    }
    service = history_service(source->history, source->machine, index);
    return (struct span_piece){ service.from_ns,
                                service.to_ns,
                                service.task,
                                state_of[service.kind],
                                0,
                                0 };
}

size_t span_find(const struct span_source *source, int64_t t_ns)
{
    return source->task >= 0
               ? history_find(source->history, source->task, t_ns)
               : history_service_find(source->history, source->machine, t_ns);
}

static bool is_turn(int state)
{
    return state == STATE_RUNNING || state == STATE_STOLEN;
}

/* Between two pieces others took the core, or gave it back: one turn. */
static bool goes_on(const struct span *span, const struct span_piece *piece)
{
    return span->pieces > 0 && is_turn(span->state) && is_turn(piece->state) &&
           span->state != piece->state && span->last.task == piece->task;
}

/* Where the turn began that is at its piece `index` in the first of a cell. */
static size_t began(const struct span *left, const struct span_piece *piece,
                    size_t index)
{
    bool same = left->pieces > 0 && index == left->index;

    return same || (index == left->index + 1 && goes_on(left, piece))
               ? left->last_index
               : index;
}

/* Add what can be seen of a piece to the span; index: where it began. */
static void add_piece(struct span *span, struct span_piece piece, size_t index)
{
    bool on = goes_on(span, &piece), same;

    piece.seen_ns = (piece.to_ns < span->to_ns ? piece.to_ns : span->to_ns) -
                    (piece.from_ns > span->from_ns ? piece.from_ns
                                                   : span->from_ns);
    piece.stolen_ns = piece.state == STATE_STOLEN ? piece.seen_ns : 0;
    span->rests |= !is_turn(piece.state);
    span->state = piece.state;
    if (piece.state == STATE_STOLEN)
        piece.state = STATE_RUNNING; /* until settle has all of the turn */
    same = span->pieces > 0 && piece.state == span->last.state &&
           piece.task == span->last.task;
    if (same) {
        piece.seen_ns += span->last.seen_ns;
        piece.stolen_ns += span->last.stolen_ns;
    }
    if (on) {
        piece.from_ns = span->last.from_ns;
        index = span->last_index;
    }
    span->changes += !same;
    span->pieces += !on;
    span->last = piece;
    span->last_index = index;
    if (span->pieces == 1 && span->changes == 1) {
        span->first = piece;
        span->first_index = index;
    } else if (span->changes == 1) {
        span->first.to_ns = piece.to_ns;
        span->first.seen_ns = piece.seen_ns;
        span->first.stolen_ns = piece.stolen_ns;
    }
}

static void settle_piece(struct span_piece *piece)
{
    if (piece->state == STATE_RUNNING && piece->stolen_ns > 0 &&
        piece->stolen_ns >= piece->seen_ns / 8)
        piece->state = STATE_STOLEN;
}

/* All of the turns is known: which are stolen, and, for their names, how long
 * the last one lasts after the cell. */
static void settle(struct span *span, const struct span_source *source)
{
    size_t count = span_count(source), last = span->index;

    settle_piece(&span->first);
    settle_piece(&span->last);
    for (size_t i = last + 1; i < count && i < last + SPAN_PIECES_MAX; i++) {
        struct span_piece piece = span_piece_at(source, i);

        if (!goes_on(span, &piece))
            break;
        span->last.to_ns = piece.to_ns;
        span->state = piece.state;
    }
    span->state = last < count ? span_piece_at(source, last).state : 0;
}

/* More than can be looked at. All of it may be one turn, which the sums tell
 * (of a machine, if the same task is there at both ends). */
static void take_many(struct span *span, const struct span_source *source,
                      size_t index)
{
    int64_t a_ns = span->from_ns, b_ns = span->to_ns, busy_ns, stolen_ns;
    struct span_piece last = span_piece_at(source, index);
    bool same = last.task == span->first.task;

    span->last = last;
    span->last_index = index;
    if (span->rests)
        return;
    if (source->task >= 0) {
        busy_ns = history_time_in(source->history, source->task, STATE_RUNNING,
                                  a_ns, b_ns);
        stolen_ns = history_time_in(source->history, source->task, STATE_STOLEN,
                                    a_ns, b_ns);
    } else {
        busy_ns = history_busy(source->history, source->machine, a_ns, b_ns);
        stolen_ns = history_stolen(source->history, source->machine, a_ns,
                                   b_ns);
        same = same && stolen_ns > 0;
    }
    if (!same || busy_ns + stolen_ns != b_ns - a_ns)
        return;
    span->changes = 1;
    span->last.state = STATE_RUNNING;
    span->last.seen_ns = b_ns - a_ns;
    span->last.stolen_ns = stolen_ns;
    if (stolen_ns > 0)
        span->last_index = span->first_index;
}

size_t span_take(struct span *span, const struct span_source *source,
                 size_t index, int64_t a_ns, int64_t b_ns)
{
    size_t count = span_count(source), looked = 0;
    const struct span left = *span;

    *span = (struct span){ .from_ns = a_ns, .to_ns = b_ns };
    for (; index < count; index++) {
        struct span_piece piece = span_piece_at(source, index);

        if (piece.from_ns >= b_ns)
            break;
        if (piece.to_ns <= a_ns || piece.to_ns <= piece.from_ns)
            continue;
        if (span->pieces == SPAN_PIECES_MAX || span->changes > 2 ||
            ++looked > SPAN_TURN_MAX) {
            span->index = span_find(source, b_ns - 1);
            span->state = span_piece_at(source, span->index).state;
            take_many(span, source, span->index);
            settle(span, source);
            return span->index;
        }
        add_piece(span, piece,
                  span->pieces == 0 ? began(&left, &piece, index) : index);
        span->index = index;
    }
    settle(span, source);
    return index > 0 ? index - 1 : 0;
}
