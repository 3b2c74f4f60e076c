/* Exercise 2: five philosophers, and a fork between each two. */
#include <concviz.h>

enum {
    SEATS = 5,
    MEALS = 3
};

static cv_mutex *fork_at[SEATS];

static void eat(void *argument)
{
    int seat = *(int *)argument;
    cv_mutex *left = fork_at[seat], *right = fork_at[(seat + 1) % SEATS];

    for (int meal = 0; meal < MEALS; meal++) {
        cv_lock(left);
        cv_sleep(1); /* reaches across the table */
        cv_lock(right);
        cv_cpu(2); /* eats */
        cv_unlock(right);
        cv_unlock(left);
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
