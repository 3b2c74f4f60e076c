/*
 * span.c -- the pieces of a life that fall into one cell.
 *
 * A cell may cover a microsecond or an hour: only so many pieces are looked at
 * one by one. With more, the cell shows that there are many, unless the exact
 * sums of the history say that all of the time was spent computing.
 */
#include "render/draw/span.h"

static const int state_of[] = {
    [SERVICE_IDLE] = STATE_ABSENT,
    [SERVICE_BUSY] = STATE_RUNNING,
    [SERVICE_HELD] = STATE_HELD,
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
        return (struct span_piece){ stay.from_ns, stay.to_ns, source->task,
                                    (int)stay.state };
    }
    service = history_service(source->history, source->machine, index);
    return (struct span_piece){ service.from_ns, service.to_ns, service.task,
                                state_of[service.kind] };
}

/* The piece at t_ns among those from low on, high not included. */
static size_t search(const struct span_source *source, size_t low, size_t high,
                     int64_t t_ns)
{
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (span_piece_at(source, middle).from_ns <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t span_find(const struct span_source *source, int64_t t_ns)
{
    return search(source, 0, span_count(source), t_ns);
}

static void add_piece(struct span *span, const struct span_piece *piece,
                      size_t index)
{
    if (span->pieces == 0) {
        span->first = *piece;
        span->first_index = index;
    }
    if (span->pieces == 0 || piece->state != span->last.state ||
        piece->task != span->last.task)
        span->changes++;
    span->last = *piece;
    span->last_index = index;
    span->pieces++;
}

/* The piece at t_ns, which is at or after the one at `from`: what is near is
 * found fast. */
static size_t find_after(const struct span_source *source, size_t from,
                         int64_t t_ns)
{
    size_t count = span_count(source), low = from, step = 1;

    while (low + step < count &&
           span_piece_at(source, low + step).from_ns <= t_ns) {
        low += step;
        step *= 2;
    }
    return search(source, low, low + step < count ? low + step : count, t_ns);
}

size_t span_take(struct span *span, const struct span_source *source,
                 size_t index, int64_t a_ns, int64_t b_ns)
{
    size_t count = span_count(source);

    *span = (struct span){ .from_ns = a_ns, .to_ns = b_ns };
    for (; index < count; index++) {
        struct span_piece piece = span_piece_at(source, index);

        if (piece.from_ns >= b_ns)
            return index > 0 ? index - 1 : 0;
        if (piece.to_ns <= a_ns || piece.to_ns <= piece.from_ns)
            continue;
        if (span->pieces == SPAN_PIECES_MAX || span->changes > 2) {
            index = find_after(source, index, b_ns - 1);
            span->last = span_piece_at(source, index);
            span->last_index = index;
            if (source->task >= 0 &&
                history_time_in(source->history, source->task, STATE_RUNNING,
                                a_ns, b_ns) == b_ns - a_ns)
                span->changes = 1;
            return index;
        }
        add_piece(span, &piece, index);
    }
    return count > 0 ? count - 1 : 0;
}
