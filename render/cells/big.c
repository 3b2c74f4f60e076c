/*
 * big.c -- a font of 5 by 5 pixels, two pixels a cell.
 *
 * The sixth row of pixels stays empty: it separates a letter from what stands
 * below. Capitals serve for small letters, too.
 */
#include "render/cells/big.h"

#include <stdint.h>
#include <string.h>

enum {
    PIXEL_ROWS = 5,
    UPPER_HALF = 0x2580,
    LOWER_HALF = 0x2584,
    FULL = 0x2588
};

static const struct shape {
    char letter;
    const char row[PIXEL_ROWS][BIG_WIDTH + 1];
} shape[] = {
    { 'A', { " ### ", "#   #", "#####", "#   #", "#   #" } },
    { 'B', { "#### ", "#   #", "#### ", "#   #", "#### " } },
    { 'C', { " ####", "#    ", "#    ", "#    ", " ####" } },
    { 'D', { "#### ", "#   #", "#   #", "#   #", "#### " } },
    { 'E', { "#####", "#    ", "#### ", "#    ", "#####" } },
    { 'F', { "#####", "#    ", "#### ", "#    ", "#    " } },
    { 'G', { " ####", "#    ", "#  ##", "#   #", " ####" } },
    { 'H', { "#   #", "#   #", "#####", "#   #", "#   #" } },
    { 'I', { " ### ", "  #  ", "  #  ", "  #  ", " ### " } },
    { 'J', { "  ###", "   # ", "   # ", "#  # ", " ##  " } },
    { 'K', { "#   #", "#  # ", "###  ", "#  # ", "#   #" } },
    { 'L', { "#    ", "#    ", "#    ", "#    ", "#####" } },
    { 'M', { "#   #", "## ##", "# # #", "#   #", "#   #" } },
    { 'N', { "#   #", "##  #", "# # #", "#  ##", "#   #" } },
    { 'O', { " ### ", "#   #", "#   #", "#   #", " ### " } },
    { 'P', { "#### ", "#   #", "#### ", "#    ", "#    " } },
    { 'Q', { " ### ", "#   #", "# # #", "#  # ", " ## #" } },
    { 'R', { "#### ", "#   #", "#### ", "#  # ", "#   #" } },
    { 'S', { " ####", "#    ", " ### ", "    #", "#### " } },
    { 'T', { "#####", "  #  ", "  #  ", "  #  ", "  #  " } },
    { 'U', { "#   #", "#   #", "#   #", "#   #", " ### " } },
    { 'V', { "#   #", "#   #", "#   #", " # # ", "  #  " } },
    { 'W', { "#   #", "#   #", "# # #", "## ##", "#   #" } },
    { 'X', { "#   #", " # # ", "  #  ", " # # ", "#   #" } },
    { 'Y', { "#   #", " # # ", "  #  ", "  #  ", "  #  " } },
    { 'Z', { "#####", "   # ", "  #  ", " #   ", "#####" } },
    { '0', { " ### ", "#   #", "#   #", "#   #", " ### " } },
    { '1', { "  #  ", " ##  ", "  #  ", "  #  ", " ### " } },
    { '2', { "#### ", "    #", " ### ", "#    ", "#####" } },
    { '3', { "#### ", "    #", " ### ", "    #", "#### " } },
    { '4', { "#   #", "#   #", "#####", "    #", "    #" } },
    { '5', { "#####", "#    ", "#### ", "    #", "#### " } },
    { '6', { " ### ", "#    ", "#### ", "#   #", " ### " } },
    { '7', { "#####", "    #", "   # ", "  #  ", "  #  " } },
    { '8', { " ### ", "#   #", " ### ", "#   #", " ### " } },
    { '9', { " ### ", "#   #", " ####", "    #", " ### " } },
    { '-', { "     ", "     ", " ### ", "     ", "     " } },
    { '_', { "     ", "     ", "     ", "     ", "#####" } },
    { '.', { "     ", "     ", "     ", "     ", "  #  " } },
    { '+', { "     ", "  #  ", " ### ", "  #  ", "     " } },
};

static const struct shape *find(char letter)
{
    if (letter >= 'a' && letter <= 'z')
        letter = (char)(letter - 'a' + 'A');
    for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++)
        if (shape[i].letter == letter)
            return &shape[i];
    return NULL;
}

int big_cells(const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if (!find(text[i]))
            return 0;
    return length ? (int)length * (BIG_WIDTH + 1) - 1 : 0;
}

static uint32_t half_blocks(const struct shape *of, int column, int row)
{
    int upper = of->row[2 * row][column] == '#';
    int lower = 2 * row + 1 < PIXEL_ROWS && of->row[2 * row + 1][column] == '#';

    return upper && lower ? FULL
           : upper        ? UPPER_HALF
           : lower        ? LOWER_HALF
                          : ' ';
}

void big_text(struct cells *cells, int x, int y, const char *text,
              struct style style)
{
    for (; *text; text++, x += BIG_WIDTH + 1) {
        const struct shape *of = find(*text);

        for (int row = 0; of && row < BIG_HEIGHT; row++)
            for (int column = 0; column < BIG_WIDTH; column++)
                cells_put(cells, x + column, y + row,
                          half_blocks(of, column, row), style);
    }
}

int big_tall_cells(const char *text)
{
    int cells = big_cells(text);

    return cells > 0 ? 2 * (cells + 1) - 2 : 0;
}

void big_tall(struct cells *cells, int x, int y, const char *text,
              struct style style)
{
    for (; *text; text++, x += 2 * (BIG_WIDTH + 1)) {
        const struct shape *of = find(*text);

        for (int row = 0; of && row < BIG_TALL_HEIGHT; row++)
            for (int column = 0; column < 2 * BIG_WIDTH; column++)
                cells_put(cells, x + column, y + row,
                          of->row[row][column / 2] == '#' ? FULL : ' ', style);
    }
}
