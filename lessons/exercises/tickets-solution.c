/* Exercise 1, solved: who counts has the counter for herself. */
#include <concviz.h>
#include <stdio.h>

enum {
    CASHIERS = 4,
    TICKETS = 25
};

static cv_shared *sold;
static cv_mutex *counter;

static void cashier(void *unused)
{
    (void)unused;
    for (int i = 0; i < TICKETS; i++) {
        cv_cpu(0.2); /* prints a ticket: others may do that meanwhile */
        cv_lock(counter);
        cv_write(sold, cv_read(sold) + 1);
        cv_unlock(counter);
    }
}

int main(void)
{
    int status;

    sold = cv_shared_new(0, "sold");
    counter = cv_mutex_new("counter");
    for (int i = 1; i <= CASHIERS; i++)
        cv_spawn(cashier, NULL, "cashier%d", i);
    status = cv_run();
    printf("sold: %lld of %d\n", cv_value(sold), CASHIERS * TICKETS);
    return cv_value(sold) == CASHIERS * TICKETS ? status : CV_FAILED;
}
