/*
 * cores_test.c -- cores, quotas and siblings, from made-up systems.
 */
#include "sched/cpu/checkup.h"
#include "sched/cpu/cores.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sched/cpu/cgroup_quota.h"
#include "tests/suite.h"

static char root[SUITE_PATH];

static void make_root(void)
{
    suite_folder(root);
}

/* Write text to root/path, making folders; an @ in it is the root. */
static void put(const char *path, const char *text)
{
    char full[512];
    FILE *file;

    snprintf(full, sizeof(full), "%s/%s", root, path);
    for (char *slash = full + strlen(root) + 1;
         (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(full, 0700);
        *slash = '/';
    }
    file = fopen(full, "w");
    ck_assert_ptr_nonnull(file);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '@') {
            fputs(root, file);
        } else {
            fputc(*at, file);
        }
    }
    fclose(file);
}

static struct cgroup_quota look(void)
{
    char proc[SUITE_PATH + 16];
    struct cgroup_quota quota;

    snprintf(proc, sizeof(proc), "%s/proc", root);
    cgroup_quota_read(&quota, proc);
    return quota;
}

static const char *const mount_2 =
    "30 23 0:26 / @/cg rw,nosuid shared:4 - cgroup2 cgroup2 rw\n";
static const char *const mount_1 =
    "24 23 0:20 / @/memory rw - cgroup cgroup rw,memory\n"
    "25 23 0:21 / @/cg rw,relatime - cgroup cgroup rw,cpu,cpuacct\n";

START_TEST(an_unlimited_cgroup_does_not_limit)
{
    put("proc/self/cgroup", "0::/user/shell\n");
    put("proc/self/mountinfo", mount_2);
    put("cg/user/shell/cpu.max", "max 100000\n");
    put("cg/user/cpu.max", "max 100000\n");
    ck_assert_int_eq(look().cgroup_version, 2);
    ck_assert_int_eq(look().quota_us, 0);
}
END_TEST

START_TEST(the_tightest_ancestor_wins_in_version_2)
{
    struct cgroup_quota quota;

    put("proc/self/cgroup", "0::/user/shell/leaf\n");
    put("proc/self/mountinfo", mount_2);
    put("cg/user/shell/leaf/cpu.max", "300000 100000\n");
    put("cg/user/shell/cpu.max", "75000 50000\n");
    put("cg/user/shell/cpu.stat",
        "usage_usec 7\nnr_periods 241\nnr_throttled 240\n");
    put("cg/user/cpu.max", "200000 100000\n");
    quota = look();
    ck_assert_int_eq(quota.quota_us, 75000);
    ck_assert_int_eq(quota.period_us, 50000);
    ck_assert_int_eq(quota.periods, 241);
    ck_assert_int_eq(quota.throttled, 240);
}
END_TEST

START_TEST(version_1_is_read_from_its_two_files)
{
    struct cgroup_quota quota;

    put("proc/self/cgroup", "9:memory:/x\n4:cpu,cpuacct:/a/b\n0::/\n");
    put("proc/self/mountinfo", mount_1);
    put("cg/a/b/cpu.cfs_quota_us", "-1\n");
    put("cg/a/b/cpu.cfs_period_us", "100000\n");
    put("cg/a/cpu.cfs_quota_us", "20000\n");
    put("cg/a/cpu.cfs_period_us", "100000\n");
    quota = look();
    ck_assert_int_eq(quota.cgroup_version, 1);
    ck_assert_int_eq(quota.quota_us, 20000);
    ck_assert_int_eq(quota.period_us, 100000);
}
END_TEST

START_TEST(the_root_itself_may_have_the_quota)
{
    put("proc/self/cgroup", "0::/a\n");
    put("proc/self/mountinfo", mount_2);
    put("cg/cpu.max", "50000 100000\n");
    ck_assert_int_eq(look().quota_us, 50000);
}
END_TEST

START_TEST(a_containers_mount_shows_our_cgroup_at_its_top)
{
    put("proc/self/cgroup", "0::/docker/abc/inner\n");
    put("proc/self/mountinfo",
        "30 23 0:26 /docker/abc @/c\\040g rw - cgroup2 cgroup2 rw\n");
    put("c g/inner/cpu.max", "max 100000\n");
    put("c g/cpu.max", "150000 100000\n");
    ck_assert_int_eq(look().quota_us, 150000);
}
END_TEST

START_TEST(a_cgroup_outside_the_mount_is_looked_up_at_its_top)
{
    put("proc/self/cgroup", "0::/elsewhere\n");
    put("proc/self/mountinfo",
        "30 23 0:26 /docker/abc @/cg rw - cgroup2 cgroup2 rw\n");
    put("cg/cpu.max", "10000 100000\n");
    put("cg/elsewhere/cpu.max", "99 100000\n");
    ck_assert_int_eq(look().quota_us, 10000);
}
END_TEST

START_TEST(nonsense_does_not_limit)
{
    static const char *const text[] = { "",       "max", "1000", "5 0",
                                        "-1 100", "x y", "0 0",  "\n" };

    ck_assert_int_eq(look().cgroup_version, 0);
    put("proc/self/cgroup", "garbage\n:\n::\n0::/a\n");
    ck_assert_int_eq(look().cgroup_version, 0);
    put("proc/self/mountinfo", "garbage\n1 2\n - \n");
    ck_assert_int_eq(look().cgroup_version, 0);
    put("proc/self/mountinfo", mount_2);
    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
        put("cg/a/cpu.max", text[i]);
        ck_assert_int_eq(look().quota_us, 0);
    }
}
END_TEST

START_TEST(a_quota_of_a_fifth_leaves_one_machine)
{
    struct cores machines;
    char proc[SUITE_PATH + 16];

    put("proc/self/cgroup", "0::/a\n");
    put("proc/self/mountinfo", mount_2);
    put("cg/a/cpu.max", "20000 100000\n");
    snprintf(proc, sizeof(proc), "%s/proc", root);
    cores_init(&machines, proc, NULL);
    ck_assert_int_eq(machines.usable, 1);
    ck_assert_int_ge(machines.allowed, 1);
    ck_assert_int_eq(machines.quota.quota_us, 20000);
    cores_fini(&machines);
}
END_TEST

START_TEST(a_quota_larger_than_the_machine_changes_nothing)
{
    struct cores machines;
    char proc[SUITE_PATH + 16];

    put("proc/self/cgroup", "0::/a\n");
    put("proc/self/mountinfo", mount_2);
    put("cg/a/cpu.max", "900000000000 100000\n");
    snprintf(proc, sizeof(proc), "%s/proc", root);
    cores_init(&machines, proc, NULL);
    ck_assert_int_eq(machines.usable, machines.allowed);
    cores_fini(&machines);
}
END_TEST

START_TEST(every_physical_core_is_used_before_a_sibling)
{
    int cpu[] = { 0, 1, 2, 3, 4, 5 };
    const int wanted[] = { 0, 2, 5, 1, 3, 4 };
    char sys[SUITE_PATH + 16];

    /* 0 and 1 share a core, as do 2, 3 and 4; 5 has one of its own. */
    put("s/devices/system/cpu/cpu0/topology/core_cpus_list", "0-1\n");
    put("s/devices/system/cpu/cpu1/topology/core_cpus_list", "0-1\n");
    put("s/devices/system/cpu/cpu2/topology/thread_siblings_list", "2-4\n");
    put("s/devices/system/cpu/cpu3/topology/thread_siblings_list", "2-4\n");
    put("s/devices/system/cpu/cpu4/topology/thread_siblings_list", "2-4\n");
    put("s/devices/system/cpu/cpu5/topology/thread_siblings_list", "5\n");
    snprintf(sys, sizeof(sys), "%s/s", root);
    ck_assert_int_eq(cores_order(cpu, 6, sys), 3);
    /* Ranks: 0, 2, 5 are first threads, 1 and 3 second ones, 4 a third. */
    ck_assert_mem_eq(cpu, wanted, sizeof(wanted));
}
END_TEST

START_TEST(without_topology_every_core_counts)
{
    int cpu[] = { 7, 3, 5 };
    const int wanted[] = { 3, 5, 7 };

    ck_assert_int_eq(cores_order(cpu, 3, root), 3);
    ck_assert_mem_eq(cpu, wanted, sizeof(wanted));
}
END_TEST

START_TEST(others_who_want_to_run_are_counted)
{
    static const char *const bad[] = { "", "0.5 0.4 0.3", "a b c d/e",
                                       "0.5 0.4 0.3 -2/412 7099\n" };
    char proc[SUITE_PATH + 16];

    snprintf(proc, sizeof(proc), "%s/proc", root);
    ck_assert_int_eq(cores_others(proc), -1);
    put("proc/loadavg", "0.50 0.41 0.30 3/412 7099\n");
    ck_assert_int_eq(cores_others(proc), 2);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        put("proc/loadavg", bad[i]);
        ck_assert_int_eq(cores_others(proc), -1);
    }
    ck_assert_int_ge(cores_others(NULL), -1);
}
END_TEST

START_TEST(others_who_want_the_cores_are_seen)
{
    char proc[SUITE_PATH + 16];

    snprintf(proc, sizeof(proc), "%s/proc", root);
    put("proc/loadavg", "0.50 0.41 0.30 5000/9000 7099\n");
    ck_assert_int_eq(checkup_busy(2, proc), 4999);
    put("proc/loadavg", "0.50 0.41 0.30 1/412 7099\n");
    ck_assert_int_eq(checkup_busy(1, proc), 0);
    put("proc/loadavg", "nobody knows\n");
    ck_assert_int_eq(checkup_busy(1, proc), 0);
}
END_TEST

START_TEST(a_checkup_finds_what_can_be)
{
    struct cores machines;
    struct checkup checkup;

    cores_init(&machines, NULL, NULL);
    checkup_make(&checkup, &machines);
    ck_assert(checkup.stretch > 0.9);
    ck_assert_int_gt(checkup.iterations_per_ms, 0);
    ck_assert_int_le(checkup.late_ns, checkup.latest_ns);
    ck_assert_int_gt(checkup.clock_step_ns, 0);
    ck_assert(checkup.light_guards == (checkup.guards_most == 0));
    ck_assert(checkup.threads_most == -1 || checkup.threads_most > 0);
    cores_fini(&machines);
}
END_TEST

START_TEST(the_real_machine_has_a_core_for_us)
{
    struct cores machines;

    cores_init(&machines, NULL, NULL);
    ck_assert_int_ge(machines.usable, 1);
    ck_assert_int_le(machines.usable, machines.allowed);
    ck_assert_int_le(machines.physical, machines.allowed);
    ck_assert_int_ge(machines.physical, 1);
    cores_fini(&machines);
}
END_TEST

START_TEST(a_pinned_process_sees_one_core)
{
    struct cores all, one;

    cores_init(&all, NULL, NULL);
    if (all.affinity_known && cores_pin(all.cpu[0]) == 0) {
        cores_init(&one, NULL, NULL);
        ck_assert_int_eq(one.allowed, 1);
        ck_assert_int_eq(one.usable, 1);
        ck_assert_int_eq(one.cpu[0], all.cpu[0]);
        cores_fini(&one);
        ck_assert_int_eq(cores_unpin(&all), 0);
        cores_init(&one, NULL, NULL);
        ck_assert_int_eq(one.allowed, all.allowed);
        cores_fini(&one);
    }
    cores_fini(&all);
}
END_TEST

START_TEST(the_core_we_are_on_comes_first)
{
    struct cores machines;
    int last;

    cores_init(&machines, NULL, NULL);
    last = machines.cpu[machines.allowed - 1];
    if (machines.affinity_known && cores_pin(last) == 0) {
        cores_start_here(&machines);
        ck_assert_int_eq(machines.cpu[0], last);
        for (int i = 1; i < machines.allowed; i++)
            ck_assert_int_ne(machines.cpu[i], last);
    }
    cores_fini(&machines);
}
END_TEST

START_TEST(a_core_that_is_not_there_is_refused_and_changes_nothing)
{
    struct cores before, after;

    cores_init(&before, NULL, NULL);
    ck_assert_int_lt(cores_pin(1000000), 0);
    cores_init(&after, NULL, NULL);
    ck_assert_int_eq(before.allowed, after.allowed);
    cores_fini(&before);
    cores_fini(&after);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_machines");
    TCase *tests = tcase_create("machines");

    tcase_add_checked_fixture(tests, make_root, NULL);
    tcase_add_test(tests, an_unlimited_cgroup_does_not_limit);
    tcase_add_test(tests, the_tightest_ancestor_wins_in_version_2);
    tcase_add_test(tests, version_1_is_read_from_its_two_files);
    tcase_add_test(tests, the_root_itself_may_have_the_quota);
    tcase_add_test(tests, a_containers_mount_shows_our_cgroup_at_its_top);
    tcase_add_test(tests, a_cgroup_outside_the_mount_is_looked_up_at_its_top);
    tcase_add_test(tests, nonsense_does_not_limit);
    tcase_add_test(tests, a_quota_of_a_fifth_leaves_one_machine);
    tcase_add_test(tests, a_quota_larger_than_the_machine_changes_nothing);
    tcase_add_test(tests, every_physical_core_is_used_before_a_sibling);
    tcase_add_test(tests, without_topology_every_core_counts);
    tcase_add_test(tests, others_who_want_to_run_are_counted);
    tcase_add_test(tests, others_who_want_the_cores_are_seen);
    tcase_add_test(tests, the_real_machine_has_a_core_for_us);
    tcase_add_test(tests, a_checkup_finds_what_can_be);
    tcase_add_test(tests, a_pinned_process_sees_one_core);
    tcase_add_test(tests, the_core_we_are_on_comes_first);
    tcase_add_test(tests,
                   a_core_that_is_not_there_is_refused_and_changes_nothing);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
