import Glibc

/// The memory of this process.
enum ProcessMemory {
  /// What of it is in the machine's memory (proc_pid_statm(5)); 0 where nobody tells.
  static var residentBytes: UInt64 {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let numbers = line.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    let pages = numbers.dropFirst().first.flatMap { UInt64(String(decoding: $0, as: UTF8.self)) }
    return (pages ?? 0) * UInt64(sysconf(CInt(_SC_PAGESIZE)))
  }
}
