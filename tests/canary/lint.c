/* A seeded mistake of each kind: cppcheck, clang-tidy and gcc -fanalyzer must
 * notice one each. */
#include <stdlib.h>
#include <string.h>

int main(int count, char **argument)
{
    int *number = malloc(sizeof *number * (size_t)count);
    char copy[4];

    *number = atoi(argument[0]);
    memcpy(copy, "word", 4);
    copy[4] = '\0';
    free(number);
    if (strcmp(copy, argument[0]))
        return 1;
    return *number;
}
