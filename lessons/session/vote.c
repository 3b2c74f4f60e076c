/*
 * vote.c -- counts of hands, and what they suggest.
 *
 * Discussion helps most when some are right and many are not: above 70 % it
 * bores, below 35 % the wrong ones convince each other (lessons/guide).
 */
#include "lessons/session/vote.h"

enum {
    ENOUGH_PERCENT = 70,
    TOO_FEW_PERCENT = 35
};

void vote_init(struct vote *vote, const struct lesson_screen *question)
{
    *vote = (struct vote){ .question = question };
}

bool vote_add(struct vote *vote, int choice, int by)
{
    int *hands;

    if (choice < 0 || (size_t)choice >= vote->question->choice_count)
        return false;
    hands = &vote->hands[vote->round][choice];
    if (*hands + by < 0 || *hands + by > VOTE_HANDS_MAX)
        return false;
    *hands += by;
    return by != 0;
}

bool vote_again(struct vote *vote)
{
    if (vote->round + 1 == VOTE_ROUNDS)
        return false;
    vote->round++;
    return true;
}

int vote_total(const struct vote *vote, int round)
{
    int sum = 0;

    for (int i = 0; i < LESSON_CHOICES_MAX; i++)
        sum += vote->hands[round][i];
    return sum;
}

int vote_percent(const struct vote *vote, int round, int choice)
{
    int all = vote_total(vote, round);

    return all ? (100 * vote->hands[round][choice] + all / 2) / all : 0;
}

enum vote_advice vote_advise(const struct vote *vote)
{
    int right = 0;

    if (vote_total(vote, vote->round) == 0)
        return VOTE_NOBODY;
    for (size_t i = 0; i < vote->question->choice_count; i++)
        if (vote->question->choice[i].right)
            right = vote_percent(vote, vote->round, (int)i);
    if (right > ENOUGH_PERCENT)
        return VOTE_GO_ON;
    return right < TOO_FEW_PERCENT ? VOTE_EXPLAIN : VOTE_DISCUSS;
}

int vote_counted(const struct vote *vote)
{
    int round = vote->round;

    while (round >= 0 && vote_total(vote, round) == 0)
        round--;
    return round;
}

int vote_winner(const struct vote *vote)
{
    int round = vote_counted(vote), best = 0;

    if (round < 0)
        return -1;
    for (int i = 1; i < LESSON_CHOICES_MAX; i++)
        if (vote->hands[round][i] > vote->hands[round][best])
            best = i;
    return best;
}

const struct vote *votes_find(const struct votes *votes,
                              const struct lesson_screen *question)
{
    for (size_t i = 0; i < votes->count; i++)
        if (votes->vote[i].question == question)
            return &votes->vote[i];
    return NULL;
}

void votes_keep(struct votes *votes, const struct vote *vote)
{
    size_t i = 0;

    while (i < votes->count && votes->vote[i].question != vote->question)
        i++;
    if (i == VOTES_MAX)
        return;
    votes->vote[i] = *vote;
    votes->count += i == votes->count;
}
