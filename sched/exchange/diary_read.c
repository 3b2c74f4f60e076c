/*
 * diary_read.c -- see diary_read.h.
 *
 * The memory is a file that exists nowhere else (memfd), much larger than what
 * will be written: pages that were read are given back, so that a long run takes
 * no more memory than its trace.
 *
 * What has no name because it lies on a stack or in the heap is called mutex,
 * with the next number; what has one is called as in the program, with its place
 * where it is one of several: forks[3]. A name follows the first event about
 * what it names, so that the trace knows both together.
 */
#include "sched/exchange/diary_read.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/elf_symbol.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/trace/diary.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"

enum {
    HIGH = 1000, /* the descriptor's number, where it may be so high */
    PIECE_BYTES = 1 << 20, /* given back at once */
    NAME_BYTES = 128,
    KINDS = ARRAY_RWLOCK + 1,
};

/* A file that the program has loaded. */
struct diary_file {
    uint64_t bias, first, last;
    bool own; /* the program itself */
    char *path;
};

struct diary_read {
    int fd;
    const uint8_t *memory;
    struct diary_head *head;
    uint64_t done;   /* bytes that were read */
    uint64_t given;  /* bytes that were given back, behind the head */
    bool broken;     /* it makes no sense from here on */
    bool said_start; /* START is in the trace */
    struct event_code code;
    struct event ahead; /* decoded, but later than asked for */
    bool is_ahead;
    struct diary_file *file;
    size_t files, room;
    struct definitions *definitions;
    bool names_grew;
    struct trace *trace;
    int64_t last_ns;
    uint32_t count[KINDS]; /* what was told of each kind */
    int nameless[KINDS];
    uint32_t running;         /* task, or EVENT_NO_TASK */
    struct elf_symbol symbol; /* the last one that was found … */
    uint64_t symbol_at;       /* … and where it begins */
    enum outcome outcome;
    int64_t outcome_ns; /* when that became known; 0: at the last event */
    char *why;          /* or NULL */
};

/* --- names ---------------------------------------------------------------- */

static const struct diary_file *file_of(const struct diary_read *diary,
                                        uint64_t address)
{
    for (size_t i = diary->files; i > 0; i--)
        if (address >= diary->file[i - 1].first &&
            address < diary->file[i - 1].last)
            return &diary->file[i - 1];
    return NULL;
}

/* Many ask for the elements of one array. */
static bool find_symbol(struct diary_read *diary, uint64_t address,
                        struct elf_symbol *symbol)
{
    const struct diary_file *file = file_of(diary, address);

    if (address - diary->symbol_at < diary->symbol.bytes) {
        *symbol = diary->symbol;
        symbol->offset = address - diary->symbol_at;
        return true;
    }
    if (!file || !elf_symbol_find(symbol, file->path, address - file->bias))
        return false;
    diary->symbol = *symbol;
    diary->symbol_at = address - symbol->offset;
    return true;
}

static const struct {
    const char *name;
    size_t bytes;
} thing[KINDS] = {
    [ARRAY_BARRIER] = { "barrier", sizeof(pthread_barrier_t) },
    [ARRAY_LOCK] = { "mutex", sizeof(pthread_mutex_t) },
    [ARRAY_SEMAPHORE] = { "semaphore", sizeof(sem_t) },
    [ARRAY_CONDITION] = { "condition", sizeof(pthread_cond_t) },
    [ARRAY_RWLOCK] = { "rwlock", sizeof(pthread_rwlock_t) },
};

static void name_object(char name[NAME_BYTES], struct diary_read *diary,
                        enum array_kind kind, uint64_t address)
{
    size_t one = thing[kind].bytes;
    struct elf_symbol symbol;

    if (!find_symbol(diary, address, &symbol))
        snprintf(name, NAME_BYTES, "%s-%d", thing[kind].name,
                 ++diary->nameless[kind]);
    else if (symbol.bytes > one && symbol.bytes % one == 0 &&
             symbol.offset % one == 0)
        snprintf(name, NAME_BYTES, "%s[%zu]", symbol.name, symbol.offset / one);
    else if (symbol.offset)
        snprintf(name, NAME_BYTES, "%s+%zu", symbol.name, symbol.offset);
    else
        snprintf(name, NAME_BYTES, "%s", symbol.name);
}

/* worker, worker-2 …; a function of a library says nothing to the reader. */
static void name_task(char name[NAME_BYTES], struct diary_read *diary,
                      uint64_t start, uint64_t ordinal)
{
    const struct diary_file *file = file_of(diary, start);
    struct elf_symbol symbol;

    if (start == 0)
        snprintf(name, NAME_BYTES, "main");
    else if (!file || !file->own || !find_symbol(diary, start, &symbol))
        snprintf(name, NAME_BYTES, "thread-%u", diary->count[ARRAY_TASK]);
    else if (ordinal > 1)
        snprintf(name, NAME_BYTES, "%s-%llu", symbol.name,
                 (unsigned long long)ordinal);
    else
        snprintf(name, NAME_BYTES, "%s", symbol.name);
}

static void define(struct diary_read *diary, enum array_kind kind,
                   const char *name)
{
    definitions_add(diary->definitions, kind, name);
    diary->count[kind]++;
    diary->names_grew = true;
}

/* --- records -------------------------------------------------------------- */

static void add_file(struct diary_read *diary, const uint64_t number[4],
                     const char *path)
{
    for (size_t i = 0; i < diary->files; i++)
        if (diary->file[i].bias == number[0] &&
            strcmp(diary->file[i].path, path) == 0)
            return;
    diary->file = xgrow(diary->file, diary->files, &diary->room,
                        sizeof *diary->file);
    diary->file[diary->files++] = (struct diary_file){
        number[0], number[1], number[2], number[3] == 1, xstrdup(path)
    };
}

static void set_outcome(struct diary_read *diary, uint64_t outcome,
                        const char *why)
{
    if (outcome != OUTCOME_DEADLOCK && outcome != OUTCOME_FAILED)
        return;
    diary->outcome = (enum outcome)outcome;
    free(diary->why);
    diary->why = xstrdup(why);
}

static void take_record(struct diary_read *diary, unsigned entry,
                        const uint64_t number[4], const char *text)
{
    char name[NAME_BYTES];

    switch (entry) {
    case DIARY_FILE:
        add_file(diary, number, text);
        break;
    case DIARY_TASK:
        name_task(name, diary, number[0], number[1]);
        define(diary, ARRAY_TASK, name);
        break;
    case DIARY_OBJECT:
        if (number[0] >= KINDS || !thing[number[0]].bytes)
            break;
        name_object(name, diary, (enum array_kind)number[0], number[1]);
        define(diary, (enum array_kind)number[0], name);
        break;
    case DIARY_OUTCOME:
        diary->running = EVENT_NO_TASK;
        diary->outcome_ns = (int64_t)(number[1] & INT64_MAX);
        set_outcome(diary, number[0], text);
        break;
    default: /* of a later library */
        break;
    }
}

/* How many numbers each has. */
static int numbers_of(unsigned entry)
{
    switch (entry) {
    case DIARY_FILE:
        return 4;
    case DIARY_TASK:
    case DIARY_OBJECT:
    case DIARY_OUTCOME:
        return 2;
    case DIARY_NAMED:
    case DIARY_PLACE:
        return 1;
    default:
        return 0;
    }
}

/* Returns behind it, or NULL for what is no record. */
static const uint8_t *read_record(struct diary_read *diary, const uint8_t *at,
                                  const uint8_t *end)
{
    unsigned entry = *at;
    uint64_t length, number[4] = { 0 };
    char text[DIARY_TEXT_MAX + 1];

    at = event_code_get_number(at + 1, end, &length);
    if (!at || length > (uint64_t)(end - at) || length > DIARY_ENTRY_MAX)
        return NULL;
    end = at + length;
    for (int i = 0; i < numbers_of(entry); i++)
        if (!(at = event_code_get_number(at, end, &number[i])))
            return NULL;
    length = (uint64_t)(end - at);
    if (length > DIARY_TEXT_MAX)
        return NULL;
    memcpy(text, at, length);
    text[length] = '\0';
    take_record(diary, entry, number, text);
    return end;
}

/* --- events --------------------------------------------------------------- */

/* Which array an object of this event is in; KINDS: it has none. */
static int kind_of(const struct event *event, int64_t *index)
{
    static const int waits_for[] = {
        [WAIT_LOCK] = ARRAY_LOCK,           [WAIT_BARRIER] = ARRAY_BARRIER,
        [WAIT_JOIN] = ARRAY_TASK,           [WAIT_SEMAPHORE] = ARRAY_SEMAPHORE,
        [WAIT_CONDITION] = ARRAY_CONDITION, [WAIT_READ] = ARRAY_RWLOCK,
        [WAIT_WRITE] = ARRAY_RWLOCK,
    };

    *index = event->object;
    switch (event->kind) {
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
        return ARRAY_LOCK;
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        return ARRAY_SEMAPHORE;
    case EVENT_SIGNALLED:
    case EVENT_BROADCAST:
        return ARRAY_CONDITION;
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
    case EVENT_RELINQUISHED:
        return ARRAY_RWLOCK;
    case EVENT_PASSED:
        return ARRAY_BARRIER;
    case EVENT_SPAWNED:
    case EVENT_JOINED:
    case EVENT_CANCELLED:
        return ARRAY_TASK;
    case EVENT_BLOCKED:
    case EVENT_GAVE_UP:
        *index = event->value;
        if (event->object > 0 &&
            (size_t)event->object < sizeof waits_for / sizeof *waits_for)
            return waits_for[event->object];
        return KINDS;
    default:
        return KINDS;
    }
}

/* May it be in a trace? Only what the library writes, about what it has told
 * of. */
static bool is_sound(const struct diary_read *diary, const struct event *event)
{
    static const uint64_t written = UINT64_C(1) << EVENT_CREATED |
                                    UINT64_C(1) << EVENT_READY |
                                    UINT64_C(1) << EVENT_RUN |
                                    UINT64_C(1) << EVENT_AWAIT |
                                    UINT64_C(1) << EVENT_DONE;
    int64_t index;
    int kind = kind_of(event, &index);

    if (event->kind >= EVENT_KINDS || event->task >= diary->count[ARRAY_TASK])
        return false;
    if (kind == KINDS)
        return written >> event->kind & 1;
    return index >= 0 && index < diary->count[kind];
}

static void add(struct diary_read *diary, struct event event)
{
    if (diary->names_grew)
        trace_set_workload(diary->trace,
                           definitions_workload(diary->definitions));
    diary->names_grew = false;
    if (event.t_ns > diary->last_ns)
        diary->last_ns = event.t_ns;
    event.t_ns = diary->last_ns;
    trace_add(diary->trace, event);
}

static void add_task_event(struct diary_read *diary, const struct event *event)
{
    if (!is_sound(diary, event))
        return;
    if (event->kind == EVENT_RUN)
        diary->running = event->task;
    else if (event_is_place(event->kind) && event->task == diary->running)
        diary->running = EVENT_NO_TASK;
    add(diary, *event);
}

/* Only the first machine is there, and all is known of it. */
static void add_start(struct diary_read *diary)
{
    add(diary, (struct event){ .kind = EVENT_START,
                               .task = EVENT_NO_TASK,
                               .machine = EVENT_NO_MACHINE,
                               .value = 1 });
    add(diary, (struct event){ .kind = EVENT_OBSERVED,
                               .task = EVENT_NO_TASK,
                               .machine = EVENT_NO_MACHINE,
                               .object = OBSERVED_LIBRARY });
}

/* --- reading -------------------------------------------------------------- */

/* Pages that were read are not needed any more. */
static void give_back(struct diary_read *diary)
{
    uint64_t from = diary->given, to = diary->done - diary->done % PIECE_BYTES;

    if (to <= from)
        return;
    fallocate(diary->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
              (off_t)from, (off_t)(to - from));
    diary->given = to;
}

/* The event that is next, if there is one before that time. */
static bool is_due(struct diary_read *diary, int64_t until_ns)
{
    if (!diary->is_ahead || diary->ahead.t_ns > until_ns)
        return false;
    diary->is_ahead = false;
    return true;
}

/* Returns false at something that makes no sense. */
static bool read_one(struct diary_read *diary, const uint8_t *end)
{
    const uint8_t *at = diary->memory + diary->done;

    if (*at & DIARY_ENTRY) {
        at = read_record(diary, at, end);
    } else {
        at = event_code_get(&diary->code, at, end, &diary->ahead);
        diary->is_ahead = at != NULL;
    }
    if (at)
        diary->done = (uint64_t)(at - diary->memory);
    return at != NULL;
}

void diary_read_until(struct diary_read *diary, int64_t monotonic_ns)
{
    uint64_t used = atomic_load_explicit(&diary->head->used,
                                         memory_order_acquire);
    int64_t until_ns = monotonic_ns - diary->head->began_ns;

    if (used > DIARY_BYTES)
        used = DIARY_BYTES;
    while (!diary->broken) {
        if (diary->is_ahead) {
            if (!is_due(diary, until_ns))
                break;
            add_task_event(diary, &diary->ahead);
        } else if (diary->done < used) {
            diary->broken = !read_one(diary, diary->memory + used);
        } else {
            break;
        }
    }
    give_back(diary);
}

static int64_t now_of(const struct diary_read *diary, int64_t monotonic_ns)
{
    int64_t ns = diary->head->used ? monotonic_ns - diary->head->began_ns : 0;

    return ns > diary->last_ns ? ns : diary->last_ns;
}

void diary_read_say(struct diary_read *diary, int64_t monotonic_ns,
                    const char *line, size_t length)
{
    char raw[WORKLOAD_SAY_BYTES_MAX + 1], clean[4 * sizeof raw];

    if (length >= sizeof raw)
        length = sizeof raw - 1;
    memcpy(raw, line, length);
    raw[length] = '\0';
    text_clean(clean, sizeof clean, raw);
    add(diary, (struct event){ .t_ns = now_of(diary, monotonic_ns),
                               .kind = EVENT_SAY,
                               .task = EVENT_NO_TASK,
                               .machine = EVENT_NO_MACHINE,
                               .value = trace_add_text(diary->trace, clean) });
}

/* --- the end -------------------------------------------------------------- */

/* The number of the text of the reason, "LINE:COLUMN:WHY"; 0: there is none. */
static int64_t reason(struct diary_read *diary, int status)
{
    char text[512];

    if (diary->outcome != OUTCOME_FAILED)
        return 0;
    if (diary->why)
        snprintf(text, sizeof text, "0:0:%s", diary->why);
    else
        snprintf(text, sizeof text, _("0:0:killed by signal %d (%s)"),
                 WTERMSIG(status), strsignal(WTERMSIG(status)));
    return trace_add_text(diary->trace, text);
}

static void find_outcome(struct diary_read *diary, int status, bool by_us)
{
    if (diary->outcome != OUTCOME_FINISHED)
        return;
    if (by_us)
        diary->outcome = OUTCOME_STOPPED;
    else if (WIFSIGNALED(status))
        diary->outcome = OUTCOME_FAILED;
}

/* Whoever runs was ended in the middle: just now, as far as we know; who does not
 * run is where it was. */
void diary_read_end(struct diary_read *diary, int status, bool by_us)
{
    struct event event = { .task = diary->running,
                           .machine = EVENT_NO_MACHINE };
    int64_t now_ns;

    diary_read_until(diary, INT64_MAX);
    now_ns = diary->running != EVENT_NO_TASK ? now_of(diary, clock_now_ns())
                                             : diary->outcome_ns;
    find_outcome(diary, status, by_us);
    if (diary->count[ARRAY_TASK] == 0)
        define(diary, ARRAY_TASK, "main");
    event.t_ns = now_ns;
    event.task = diary->running;
    if (diary->outcome == OUTCOME_FINISHED && event.task != EVENT_NO_TASK) {
        event.kind = EVENT_DONE;
        add(diary, event);
    }
    event.task = EVENT_NO_TASK;
    event.kind = EVENT_EXIT;
    event.value = status;
    add(diary, event);
    event.kind = EVENT_END;
    event.object = (int32_t)diary->outcome;
    event.value = reason(diary, status);
    add(diary, event);
}

/* --- making --------------------------------------------------------------- */

/* Out of the program's way. */
static int lift(int fd)
{
    struct rlimit limit;
    int high = HIGH, lifted;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
        limit.rlim_cur < (rlim_t)high + 1)
        high = limit.rlim_cur > 64 ? (int)limit.rlim_cur - 16 : 3;
    lifted = fcntl(fd, F_DUPFD_CLOEXEC, high);
    close(fd);
    return lifted;
}

static bool make_memory(struct diary_read *diary)
{
    void *memory;

    diary->fd = memfd_create("concviz", MFD_CLOEXEC);
    if (diary->fd >= 0)
        diary->fd = lift(diary->fd);
    if (diary->fd < 0 || ftruncate(diary->fd, (off_t)DIARY_BYTES) != 0)
        return false;
    memory = mmap(NULL, DIARY_BYTES, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_NORESERVE, diary->fd, 0);
    if (memory == MAP_FAILED)
        return false;
    madvise(memory, DIARY_BYTES, MADV_DONTDUMP);
    diary->memory = memory;
    diary->head = memory;
    return true;
}

struct diary_read *diary_read_new(const char *name,
                                  const struct trace_info *info,
                                  struct trace_listener *listener,
                                  struct diag *diag)
{
    struct diary_read *diary = xcalloc(1, sizeof *diary);

    diary->fd = -1;
    if (!make_memory(diary)) {
        diag_set(diag, NULL, 0, 0,
                 _("there is no memory to share with the program: %s"),
                 strerror(errno));
        diary_read_free(diary);
        return NULL;
    }
    diary->done = diary->given = DIARY_HEAD_BYTES;
    event_code_init(&diary->code);
    diary->running = EVENT_NO_TASK;
    diary->definitions = definitions_new(name);
    diary->trace = trace_new_packed(definitions_workload(diary->definitions),
                                    info);
    trace_listen(diary->trace, listener);
    add_start(diary);
    return diary;
}

void diary_read_free(struct diary_read *diary)
{
    if (!diary)
        return;
    if (diary->memory)
        munmap(diary->head, DIARY_BYTES);
    if (diary->fd >= 0)
        close(diary->fd);
    for (size_t i = 0; i < diary->files; i++)
        free(diary->file[i].path);
    free(diary->file);
    trace_free(diary->trace);
    definitions_free(diary->definitions);
    free(diary->why);
    free(diary);
}

int diary_read_fd(const struct diary_read *diary)
{
    return diary->fd;
}

const struct trace *diary_read_trace(const struct diary_read *diary)
{
    return diary->trace;
}
