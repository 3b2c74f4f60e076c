/*
 * access_calls.c -- the functions that a compiler calls for -fsanitize=thread.
 *
 * They are linked into programs made by `concviz cc`. Such a program runs by
 * itself, too: then there is no table of hooks, atomic operations are done and
 * nothing else. The names are the compilers' own (gcc and clang); the program's
 * calls of memcpy and of what gives memory back come here by the linker's --wrap.
 */
#include "sched/preload/access_calls.h"

#include <dlfcn.h>
#include <malloc.h>

#include "sched/preload/access_hooks.h"
#include "sched/preload/access_seen.h"

#define FROM          __builtin_return_address(0)
#define TEXT(name)    #name
#define NAME_OF(name) TEXT(name)

static const struct access_hooks *hooks;
static const struct access_seen *seen; /* theirs; NULL: there are none */
static void (*leave)(void);            /* NULL: nobody wants to know */

/* Weak: a static program has none. */
extern void *dlsym(void *handle, const char *name) __attribute__((weak));

static __attribute__((constructor(101))) void find_hooks(void)
{
    if (hooks || !dlsym)
        return;
    hooks = dlsym(RTLD_DEFAULT, NAME_OF(ACCESS_HOOKS));
    if (!hooks)
        return;
    if (hooks->begin())
        leave = hooks->leave;
    seen = hooks->seen;
}

static void touch(const volatile void *address, size_t bytes, bool writes,
                  const void *from)
{
    if (hooks && bytes > 0)
        hooks->touch(address, bytes, writes, from);
}

/* --- plain accesses ------------------------------------------------------- */

#define ONE(name, bytes, writes)                                               \
    void name(void *address);                                                  \
    void name(void *address)                                                   \
    {                                                                          \
        if (seen && !access_seen_has(seen, address, bytes, writes))            \
            hooks->touch(address, bytes, writes, FROM);                        \
    }

#define SIZE(bytes)                                                            \
    ONE(__tsan_read##bytes, bytes, false)                                      \
    ONE(__tsan_write##bytes, bytes, true)                                      \
    ONE(__tsan_unaligned_read##bytes, bytes, false)                            \
    ONE(__tsan_unaligned_write##bytes, bytes, true)                            \
    ONE(__tsan_volatile_read##bytes, bytes, false)                             \
    ONE(__tsan_volatile_write##bytes, bytes, true)                             \
    ONE(__tsan_unaligned_volatile_read##bytes, bytes, false)                   \
    ONE(__tsan_unaligned_volatile_write##bytes, bytes, true)

SIZE(1)
SIZE(2)
SIZE(4)
SIZE(8)
SIZE(16)

#define RANGE(name, writes)                                                    \
    void name(void *address, unsigned long bytes);                             \
    void name(void *address, unsigned long bytes)                              \
    {                                                                          \
        touch(address, bytes, writes, FROM);                                   \
    }

RANGE(__tsan_read_range, false)
RANGE(__tsan_write_range, true)

void __tsan_init(void);
void __tsan_init(void)
{
    find_hooks();
}

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
    (void)caller;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
    if (leave)
        leave();
}

/* The table of a C++ object's methods. */
void __tsan_vptr_update(void **table, void *value);
void __tsan_vptr_update(void **table, void *value)
{
    if (*table != value)
        touch(table, sizeof *table, true, FROM);
}

void __tsan_vptr_read(void **table);
void __tsan_vptr_read(void **table)
{
    touch(table, sizeof *table, false, FROM);
}

/* --- atomic operations ---------------------------------------------------- */

/* The strongest order is right whatever was asked for. */
#define ORDER __ATOMIC_SEQ_CST

static void before(const volatile void *address, size_t bytes,
                   enum access_atomic what, const void *from)
{
    if (hooks)
        hooks->atomic(address, bytes, what, from);
}

static void after(const volatile void *address, enum access_atomic what,
                  int order)
{
    if (hooks)
        hooks->ordered(address, what, order);
}

#define UPDATE(bits, type, name, operation)                                    \
    type __tsan_atomic##bits##_##name(volatile type *at, type value,           \
                                      int order);                              \
    type __tsan_atomic##bits##_##name(volatile type *at, type value,           \
                                      int order)                               \
    {                                                                          \
        type old;                                                              \
                                                                               \
        before(at, sizeof *at, ACCESS_UPDATE, FROM);                           \
        old = operation(at, value, ORDER);                                     \
        after(at, ACCESS_UPDATE, order);                                       \
        return old;                                                            \
    }

#define EXCHANGE(bits, type, name)                                             \
    int __tsan_atomic##bits##_compare_exchange_##name(                         \
        volatile type *at, type *expected, type value, int order, int failed); \
    int __tsan_atomic##bits##_compare_exchange_##name(                         \
        volatile type *at, type *expected, type value, int order, int failed)  \
    {                                                                          \
        bool done;                                                             \
                                                                               \
        before(at, sizeof *at, ACCESS_UPDATE, FROM);                           \
        done = __atomic_compare_exchange_n(at, expected, value, false, ORDER,  \
                                           ORDER);                             \
        after(at, done ? ACCESS_UPDATE : ACCESS_LOAD, done ? order : failed);  \
        return done;                                                           \
    }

#define ATOMIC(bits, type)                                                     \
    type __tsan_atomic##bits##_load(const volatile type *at, int order);       \
    type __tsan_atomic##bits##_load(const volatile type *at, int order)        \
    {                                                                          \
        type value;                                                            \
                                                                               \
        before(at, sizeof *at, ACCESS_LOAD, FROM);                             \
        value = __atomic_load_n(at, ORDER);                                    \
        after(at, ACCESS_LOAD, order);                                         \
        return value;                                                          \
    }                                                                          \
    void __tsan_atomic##bits##_store(volatile type *at, type value,            \
                                     int order);                               \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order) \
    {                                                                          \
        before(at, sizeof *at, ACCESS_STORE, FROM);                            \
        __atomic_store_n(at, value, ORDER);                                    \
        after(at, ACCESS_STORE, order);                                        \
    }                                                                          \
    UPDATE(bits, type, exchange, __atomic_exchange_n)                          \
    UPDATE(bits, type, fetch_add, __atomic_fetch_add)                          \
    UPDATE(bits, type, fetch_sub, __atomic_fetch_sub)                          \
    UPDATE(bits, type, fetch_and, __atomic_fetch_and)                          \
    UPDATE(bits, type, fetch_or, __atomic_fetch_or)                            \
    UPDATE(bits, type, fetch_xor, __atomic_fetch_xor)                          \
    UPDATE(bits, type, fetch_nand, __atomic_fetch_nand)                        \
    EXCHANGE(bits, type, strong)                                               \
    EXCHANGE(bits, type, weak)                                                 \
    type __tsan_atomic##bits##_compare_exchange_val(                           \
        volatile type *at, type expected, type value, int order, int failed);  \
    type __tsan_atomic##bits##_compare_exchange_val(                           \
        volatile type *at, type expected, type value, int order, int failed)   \
    {                                                                          \
        __tsan_atomic##bits##_compare_exchange_strong(at, &expected, value,    \
                                                      order, failed);          \
        return expected;                                                       \
    }

ATOMIC(8, unsigned char)
ATOMIC(16, unsigned short)
ATOMIC(32, unsigned)
ATOMIC(64, unsigned long)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    __atomic_thread_fence(ORDER);
    if (hooks)
        hooks->fence(order);
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
    __atomic_signal_fence(ORDER);
}

/* --- copies --------------------------------------------------------------- */

#define COPY(name)                                                             \
    void *__real_##name(void *to, const void *from, size_t bytes);             \
    void *__wrap_##name(void *to, const void *from, size_t bytes);             \
    void *__tsan_##name(void *to, const void *from, size_t bytes)              \
        __attribute__((alias("__wrap_" #name)));                               \
    void *__wrap_##name(void *to, const void *from, size_t bytes)              \
    {                                                                          \
        touch(from, bytes, false, FROM);                                       \
        touch(to, bytes, true, FROM);                                          \
        return __real_##name(to, from, bytes);                                 \
    }

COPY(memcpy)
COPY(memmove)

void *__real_memset(void *to, int byte, size_t bytes);
void *__wrap_memset(void *to, int byte, size_t bytes);
void *__tsan_memset(void *to, int byte, size_t bytes)
    __attribute__((alias("__wrap_memset")));
void *__wrap_memset(void *to, int byte, size_t bytes)
{
    touch(to, bytes, true, FROM);
    return __real_memset(to, byte, bytes);
}

/* --- memory given back ---------------------------------------------------- */

void access_calls_forget(void *memory)
{
    if (hooks && memory)
        hooks->forget(memory, malloc_usable_size(memory));
}

void __real_free(void *memory);
void __wrap_free(void *memory);
void __wrap_free(void *memory)
{
    access_calls_forget(memory);
    __real_free(memory);
}

void *__real_realloc(void *memory, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes)
{
    access_calls_forget(memory);
    return __real_realloc(memory, bytes);
}

int __real_munmap(void *memory, size_t bytes);
int __wrap_munmap(void *memory, size_t bytes);
int __wrap_munmap(void *memory, size_t bytes)
{
    if (hooks)
        hooks->forget(memory, bytes);
    return __real_munmap(memory, bytes);
}

void access_calls_order(const volatile void *object, bool acquires)
{
    if (hooks && acquires)
        hooks->acquire(object);
    else if (hooks)
        hooks->release(object);
}
