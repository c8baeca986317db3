import Foundation

@testable import Monitoring

/// What this process has of the machine.
enum ProcessResources {
  /// How many files and sockets are open.
  static func openHandles() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
  }

  /// How much memory is resident once what is free was given back.
  static func residentBytes() -> Int {
    FreeMemory.giveBack()
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
