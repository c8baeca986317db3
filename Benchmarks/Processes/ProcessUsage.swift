import Glibc

/// What a process has used so far, from what the kernel says.
struct ProcessUsage {
  /// Processor time of all its threads, in seconds.
  var cpuSeconds: Double
  /// What is resident, in bytes.
  var residentBytes: Int

  /// Throws where there is no such process, any more or yet.
  init(of process: pid_t) throws {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0,
      let file = fopen("/proc/\(process)/statm", "r")
    else { throw BenchmarkFailure("There is no process \(process) any more.") }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else {
      throw BenchmarkFailure("There is no process \(process) any more.")
    }
    let fields = line.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    let pages = fields.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    cpuSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    residentBytes = pages * Int(getpagesize())
  }

  /// Processor time of this process so far, in seconds: what work costs whoever else is busy.
  static var cpuSecondsOfThisProcess: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func ofThisProcess() throws -> ProcessUsage { try ProcessUsage(of: getpid()) }
}
