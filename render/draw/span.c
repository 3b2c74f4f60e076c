#include "render/draw/span.h"

static int state_of(int kind)
{
    switch (kind) {
    case SERVICE_BUSY:
        return STATE_RUNNING;
    case SERVICE_HELD:
        return STATE_HELD;
    case SERVICE_SWITCHING:
        return SPAN_SWITCHING;
    default:
        return STATE_ABSENT;
    }
}

size_t span_count(const struct span_source *row)
{
    return row->task >= 0 ? history_intervals(row->history, row->task)
                          : history_services(row->history, row->machine);
}

struct span_piece span_piece_at(const struct span_source *row, size_t index)
{
    struct service service;
    struct stay stay;

    if (row->task >= 0) {
        stay = history_stay(row->history, row->task, index);
        return (struct span_piece){ stay.from_ns, stay.to_ns, row->task,
                                    (int)stay.state };
    }
    service = history_service(row->history, row->machine, index);
    return (struct span_piece){ service.from_ns, service.to_ns, service.task,
                                state_of((int)service.kind) };
}

size_t span_find(const struct span_source *row, int64_t t_ns)
{
    size_t low = 0, high = span_count(row);

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (span_piece_at(row, middle).from_ns <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
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
    if (span->changes == 2 && span->last.task == span->first.task &&
        span->last.state == span->first.state)
        span->second = *piece;
    span->solid &= piece->state == STATE_RUNNING;
    span->last = *piece;
    span->last_index = index;
    span->pieces++;
}

/* Was somebody computing all the time from a to b? Exact. */
static bool is_solid(const struct span_source *row, int64_t a_ns, int64_t b_ns)
{
    int64_t running_ns = row->task >= 0
                             ? history_time_in(row->history, row->task,
                                               STATE_RUNNING, a_ns, b_ns)
                             : history_busy(row->history, row->machine, a_ns,
                                            b_ns);

    return running_ns == b_ns - a_ns;
}

/* The stretch at t_ns, which is at or after the one at `from`: what is near
 * is found fast. */
static size_t find_after(const struct span_source *row, size_t from,
                         int64_t t_ns)
{
    size_t count = span_count(row), low = from, step = 1, high;

    while (low + step < count &&
           span_piece_at(row, low + step).from_ns <= t_ns) {
        low += step;
        step *= 2;
    }
    high = low + step < count ? low + step : count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (span_piece_at(row, middle).from_ns <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t span_take(struct span *span, const struct span_source *row, size_t index,
                 int64_t a_ns, int64_t b_ns)
{
    size_t count = span_count(row);

    *span = (struct span){ .from_ns = a_ns, .to_ns = b_ns, .solid = true };
    for (; index < count; index++) {
        struct span_piece piece = span_piece_at(row, index);

        if (piece.from_ns >= b_ns)
            return index > 0 ? index - 1 : 0;
        if (piece.to_ns <= a_ns || piece.to_ns <= piece.from_ns)
            continue;
        if (span->pieces == SPAN_PIECES_MAX || span->changes > 2) {
            index = find_after(row, index, b_ns - 1);
            span->last = span_piece_at(row, index);
            span->last_index = index;
            span->solid = is_solid(row, a_ns, b_ns);
            if (span->solid && row->task >= 0)
                span->changes = 1;
            return index;
        }
        add_piece(span, &piece, index);
    }
    return count > 0 ? count - 1 : 0;
}
