/*
 * big.c -- a font of 5 by 5 pixels, two pixels a cell, or two cells a pixel.
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

int big_cells(const char *text, bool tall)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if (!find(text[i]))
            return 0;
    return length ? ((int)length * (BIG_WIDTH + 1) - 1) * (tall ? 2 : 1) : 0;
}

static bool pixel(const struct shape *of, int column, int row)
{
    return row < PIXEL_ROWS && of->row[row][column] == '#';
}

/* Two pixels, one above the other. */
static uint32_t half_blocks(const struct shape *of, int column, int row)
{
    static const uint32_t block[] = { ' ', UPPER_HALF, LOWER_HALF, FULL };

    return block[pixel(of, column, row) + 2 * pixel(of, column, row + 1)];
}

void big_text(struct cells *cells, int x, int y, const char *text, bool tall,
              struct style style)
{
    int scale = tall ? 2 : 1, height = tall ? BIG_TALL_HEIGHT : BIG_HEIGHT;

    for (; *text; text++, x += scale * (BIG_WIDTH + 1)) {
        const struct shape *of = find(*text);

        for (int row = 0; of && row < height; row++)
            for (int column = 0; column < scale * BIG_WIDTH; column++)
                cells_put_styled(cells, x + column, y + row,
                                 !tall ? half_blocks(of, column, 2 * row)
                                 : pixel(of, column / 2, row) ? FULL
                                                              : ' ',
                                 style);
    }
}
