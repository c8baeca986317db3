import Glibc

/// What the process has used so far.
package struct ProcessResources: Sendable, Equatable {
  /// Processor time of all threads, in seconds.
  package var cpuSeconds: Double
  /// The most memory that was resident at once, in bytes.
  package var peakResidentBytes: Int

  package init(cpuSeconds: Double, peakResidentBytes: Int) {
    self.cpuSeconds = cpuSeconds
    self.peakResidentBytes = peakResidentBytes
  }

  /// What this process has used until now (getrusage(2)).
  package static func now() -> ProcessResources {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return ProcessResources(
      cpuSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds,
      peakResidentBytes: usage.ru_maxrss * 1024
    )
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
