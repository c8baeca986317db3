import Glibc

/// What the process has used so far.
package struct ProcessResources: Sendable, Equatable {
  /// Processor time of all threads, in seconds.
  package var cpuSeconds: Double
  /// What is resident now, in bytes; 0 where the kernel does not tell.
  package var residentBytes: Int
  /// The most memory that was resident at once, in bytes.
  package var peakResidentBytes: Int

  package init(cpuSeconds: Double, residentBytes: Int, peakResidentBytes: Int) {
    self.cpuSeconds = cpuSeconds
    self.residentBytes = residentBytes
    self.peakResidentBytes = peakResidentBytes
  }

  /// What this process has used until now (getrusage(2), proc_pid_statm(5)).
  package static func now() -> ProcessResources {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let resident = residentPages() * Int(getpagesize())
    return ProcessResources(
      cpuSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds,
      residentBytes: resident,
      // The kernel brings its peak up to date now and then only.
      peakResidentBytes: max(usage.ru_maxrss * 1024, resident)
    )
  }

  /// The second number of `statm`.
  private static func residentPages() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let numbers = line.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    return numbers.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
