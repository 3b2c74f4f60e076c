/* Exercise 1: four cashiers sell 25 tickets each, and count them together. */
#include <concviz.h>
#include <stdio.h>

enum {
    CASHIERS = 4,
    TICKETS = 25
};

static cv_shared *sold;

static void cashier(void *unused)
{
    (void)unused;
    for (int i = 0; i < TICKETS; i++) {
        long long count = cv_read(sold);

        cv_cpu(0.2); /* prints a ticket */
        cv_write(sold, count + 1);
    }
}

int main(void)
{
    int status;

    sold = cv_shared_new(0, "sold");
    for (int i = 1; i <= CASHIERS; i++)
        cv_spawn(cashier, NULL, "cashier%d", i);
    status = cv_run();
    printf("sold: %lld of %d\n", cv_value(sold), CASHIERS * TICKETS);
    return cv_value(sold) == CASHIERS * TICKETS ? status : CV_FAILED;
}
