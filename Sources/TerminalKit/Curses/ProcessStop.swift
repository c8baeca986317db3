import Glibc

/// Stops this process, and its group, as the key of a shell's job control would.
enum ProcessStop {
  /// Returns once somebody has the process go on.
  ///
  /// The others of the group are stopped first, while we pass over the signal; ours is sent to this
  /// thread, so that nothing more happens here before the process stops. A group that no shell looks
  /// after does not stop (SIGTSTP).
  static func stop() {
    signal(SIGTSTP, SIG_IGN)
    kill(0, SIGTSTP)
    var stops = sigset_t()
    sigemptyset(&stops)
    sigaddset(&stops, SIGTSTP)
    var before = sigset_t()
    signal(SIGTSTP, SIG_DFL)
    // The source that listens for the signal may have it blocked.
    pthread_sigmask(SIG_UNBLOCK, &stops, &before)
    raise(SIGTSTP)
    signal(SIGTSTP, SIG_IGN)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
