package import Inspection

/// What an agent tells now of one finding.
package enum ToldFinding: Sendable {
  case there(AttachedFinding)
  /// It is over, or another agent's from now on.
  case gone(isMoved: Bool)
}

/// What an agent told since the last time.
package struct AgentNews: Sendable {
  /// What is to be taken in, by cluster; the last word on each finding.
  package internal(set) var findings: [String: [FindingID: ToldFinding]] = [:]
  /// How all of its clusters stand; `nil` where that was not told anew.
  package internal(set) var clusters: [AttachedCluster]?
  /// The clusters of which all is known that the agent knows, so that what is not told is not there; `nil` as
  /// before.
  package internal(set) var complete: Set<String>?
  /// The clusters that it does not tell of any more.
  package internal(set) var dropped: Set<String> = []
  /// How the connection is now; `nil` as before.
  package internal(set) var connection: AgentConnection?
  /// How many lines could not be understood so far; `nil` where none.
  package internal(set) var unreadableLines: Int?

  package init() {}
}

/// How a terminal stands with an agent.
package enum AgentConnection: Sendable, Equatable {
  case connecting
  /// It tells what happens.
  case following
  /// Nothing comes from it, for this reason; it is tried again.
  case lost(String)

  /// Why nothing comes; `nil` while something does or may.
  package var trouble: String? {
    if case .lost(let reason) = self { reason } else { nil }
  }
}
