/* A seeded bug: writes one element past the end. ASan must report it. */
#include <stdlib.h>

int main(int argc, char **argv)
{
    volatile int *array = malloc(sizeof *array * 4);

    (void)argv;
    array[3 + argc] = 1;
    argc = array[0];
    free((void *)array);
    return argc & 0;
}
