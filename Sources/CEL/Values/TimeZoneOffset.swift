import Foundation

extension CELTimestamp {
  /// What clocks show in a zone: an IANA name, or hours and minutes such as `-02:30`.
  func civilTime(zone: String) throws(CELError) -> CivilTime {
    CivilTime(seconds, offset: try offset(zone: zone))
  }

  /// How far a zone is ahead of UTC at this moment, in seconds.
  private func offset(zone: String) throws(CELError) -> Int64 {
    if zone.isEmpty || zone == "UTC" { return 0 }
    guard zone.contains(":") else {
      guard zone.utf8.count < 64, let known = TimeZone(identifier: zone) else {
        throw CELError(.invalidArgument("there is no time zone \(CELValue.string(zone))"))
      }
      return Int64(known.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
    }
    let parts = zone.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = Int64(parts[0]), (-23...23).contains(hours),
      parts[1].utf8.count == 2, let minutes = Int64(parts[1]), (0..<60).contains(minutes)
    else {
      throw CELError(.invalidArgument("\(CELValue.string(zone)) is no offset such as -02:30"))
    }
    return hours * 3600 + (zone.hasPrefix("-") ? -minutes : minutes) * 60
  }
}
