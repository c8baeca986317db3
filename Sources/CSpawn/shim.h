#pragma once
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

// glibc declares these only with _GNU_SOURCE, which Swift's own import of it does without.
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

static inline int kpatrol_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// Closes all descriptors from `from` on.
static inline int kpatrol_spawn_close(posix_spawn_file_actions_t *actions, int from) {
  return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

static const short kpatrol_spawn_new_session = 0x80;  // POSIX_SPAWN_SETSID
