/* Exercise 2, solved: the fork with the lower number first, so that nobody who
 * waits has a higher one than she waits for, and no circle can close. */
#include <concviz.h>

enum {
    SEATS = 5,
    MEALS = 3
};

static cv_mutex *fork_at[SEATS];

static void eat(void *argument)
{
    int left = *(int *)argument, right = (left + 1) % SEATS;
    cv_mutex *first = fork_at[left < right ? left : right];
    cv_mutex *second = fork_at[left < right ? right : left];

    for (int meal = 0; meal < MEALS; meal++) {
        cv_lock(first);
        cv_sleep(1); /* reaches across the table */
        cv_lock(second);
        cv_cpu(2); /* eats */
        cv_unlock(second);
        cv_unlock(first);
    }
}

int main(void)
{
    static const char *const name[SEATS] = { "Plato", "Hypatia", "Laozi",
                                             "Kant", "Hume" };
    static int seat[SEATS];

    for (int i = 0; i < SEATS; i++) {
        seat[i] = i;
        fork_at[i] = cv_mutex_new("fork%d", i + 1);
        cv_spawn(eat, &seat[i], "%s", name[i]);
    }
    return cv_run();
}
