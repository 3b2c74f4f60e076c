/*
 * cgroup_quota.h -- how much processor time the cgroups above us pay for.
 */
#ifndef CONCVIZ_SCHED_CPU_CGROUP_QUOTA_H
#define CONCVIZ_SCHED_CPU_CGROUP_QUOTA_H

#include <stdint.h>

struct cgroup_quota {
    int cgroup_version; /* of the processor controller; 0: none found */
    int64_t quota_us;   /* of every period_us, in all; 0: unlimited */
    int64_t period_us;
    int64_t periods;   /* how many periods of that cgroup there were … */
    int64_t throttled; /* … and in how many of them it had to wait */
};

/*
 * Find the tightest quota from our own cgroup up to the root. proc stands for
 * /proc: PROC/self/cgroup and PROC/self/mountinfo say where to look. What
 * cannot be read does not limit.
 */
void cgroup_quota_read(struct cgroup_quota *quota, const char *proc);

#endif
