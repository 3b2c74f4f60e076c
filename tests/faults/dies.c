/* A seeded bug: who has no memory uses it. tests/faults.test must notice. */
#include <stdlib.h>

int main(void)
{
    int *volatile number = malloc(sizeof *number);

    *number = 7;
    return *number - 7;
}
