import SimulatedCluster

/// What a server's log tells of the streams of one client: whether each list was needed.
struct StreamAccount {
  /// What can strike a watch and must not make its kind be listed again.
  static let faultsOfWatches: [Fault.Kind] = [
    .delay, .dribble, .drop, .garbage, .goAway, .stall, .status, .truncate,
  ]

  /// How often a kind was listed again that was followed before, where a list is no watch itself.
  private(set) var relists = 0
  /// How often the server gave a reason to list again, whether it was heard or not.
  private(set) var reasons = 0
  /// Lists where a resume would have sufficed, and resumes from a version before the last.
  private(set) var mistakes: [String] = []
  /// How often a watch was followed by one that goes on from its version, by what had struck the
  /// first.
  private(set) var resumes: [Fault.Kind: Int] = [:]

  /// Takes in the requests that are about some resources, each of which one stream follows.
  init(_ log: [LoggedRequest], of plurals: Set<String>) {
    let streams = Dictionary(
      grouping: log.filter { request in
        request.path.split(separator: "/").last.map { plurals.contains(String($0)) } == true
      },
      by: \.path
    )
    for (path, requests) in streams { take(requests, of: path) }
  }

  private mutating func take(_ requests: [LoggedRequest], of path: String) {
    /// The watches since the last list.
    var watches: [LoggedRequest] = []
    for request in requests {
      if request.isToldExpired || Self.isGarbage(request) { reasons += 1 }
      // A streaming list is a list, and the later pages of one belong to the first.
      guard request["watch"] == "true", request["sendInitialEvents"] == nil else {
        if let last = watches.last {
          relists += 1
          if !Self.forceList(watches) {
            mistakes.append("\(path) was listed after \(last.query), struck by \(last.faults)")
          }
        }
        watches = []
        continue
      }
      if let last = watches.last {
        for fault in last.faults { resumes[fault, default: 0] += 1 }
        if Self.version(of: request) < Self.version(of: last) {
          mistakes.append("\(path) went back from \(last.query) to \(request.query)")
        }
      }
      watches.append(request)
    }
  }

  /// Whether the last watch left nothing to resume from: its version is forgotten, or what comes at it
  /// cannot be read, twice.
  private static func forceList(_ watches: [LoggedRequest]) -> Bool {
    guard let last = watches.last else { return true }
    if last.isToldExpired { return true }
    return isGarbage(last)
      && watches.dropLast().contains { isGarbage($0) && version(of: $0) == version(of: last) }
  }

  private static func isGarbage(_ request: LoggedRequest) -> Bool {
    request.faults.contains(.garbage) && request.status == 200
  }

  private static func version(of request: LoggedRequest) -> UInt64 {
    request["resourceVersion"].flatMap { UInt64($0) } ?? 0
  }
}
