/*
 * own.c -- a program that uses concviz.h: two tasks and a channel.
 */
#include <concviz.h>
#include <stdio.h>

static cv_channel *channel;

static void give(void *argument)
{
    (void)argument;
    cv_cpu(2);
    cv_send(channel, 42);
}

static void take(void *argument)
{
    long long value = 0;

    (void)argument;
    cv_recv(channel, &value);
    cv_say("own %lld", value);
}

int main(void)
{
    channel = cv_channel_new(1, "channel");
    cv_spawn(take, NULL, "take");
    cv_spawn(give, NULL, "give");
    return cv_run();
}
