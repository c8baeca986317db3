import AgentClient
import Inspection
import KubernetesObjects

/// What agents tell of one cluster's findings, several of them perhaps, each a part: rows are merged by id.
struct AttachedFindings: Sendable {
  private struct Share: Sendable {
    var findings: [FindingID: AttachedFinding] = [:]
    var isLive = true
  }

  /// How long a finding stays that an agent does not tell any more, where another may.
  static let grace = Duration.seconds(3)
  /// The same where the agent says that it is another's from now on, which has to read the cluster first.
  static let graceOfMoved = Duration.seconds(60)
  /// How long what was seen to be over is not shown though agents still tell it: they are behind, or right.
  static let overruling = Duration.seconds(30)

  /// By the numbers of the agents.
  private var shares: [Int: Share] = [:]
  private var leaving: [FindingID: (finding: AttachedFinding, end: Timestamp)] = [:]
  private var overruled: [FindingID: Timestamp] = [:]

  /// A finding as it is told; `nil` where it is not, or was seen to be over.
  subscript(id: FindingID) -> AttachedFinding? {
    guard overruled[id] == nil else { return nil }
    return claim(id) ?? leaving[id]?.finding
  }

  /// The finding as an agent tells it, one that is there before those that are not.
  private func claim(_ id: FindingID) -> AttachedFinding? {
    var stale: AttachedFinding?
    for share in shares.values {
      guard let finding = share.findings[id] else { continue }
      if share.isLive { return finding }
      stale = finding
    }
    return stale
  }

  /// Whether any agent still tells of it, whatever was seen.
  func isTold(_ id: FindingID) -> Bool { claim(id) != nil || leaving[id] != nil }

  /// Takes in what an agent tells; answers which findings it concerns.
  mutating func take(
    _ told: [FindingID: ToldFinding],
    of agent: Int,
    at now: Timestamp
  ) -> [FindingID] {
    for (id, what) in told {
      switch what {
      case .there(let finding):
        shares[agent, default: Share()].findings[id] = finding
        leaving[id] = nil
      case .gone(let isMoved): remove(id, of: agent, isMoved: isMoved, at: now)
      }
    }
    return Array(told.keys)
  }

  private mutating func remove(
    _ id: FindingID,
    of agent: Int,
    isMoved: Bool,
    at now: Timestamp
  ) {
    guard let finding = shares[agent]?.findings.removeValue(forKey: id) else { return }
    if !isMoved {
      // Who saw it go knows more than who is not there any more.
      for (other, share) in shares where !share.isLive { shares[other]?.findings[id] = nil }
    }
    guard claim(id) == nil else { return }
    guard isMoved || shares.count > 1 else {
      overruled[id] = nil
      return
    }
    leaving[id] = (finding, now + (isMoved ? Self.graceOfMoved : Self.grace))
  }

  /// Notes that an agent covers a part of the cluster, and whether it is there.
  mutating func note(_ agent: Int, isLive: Bool) {
    shares[agent, default: Share()].isLive = isLive
  }

  /// Forgets an agent that does not tell of the cluster any more; answers what it told.
  mutating func forget(_ agent: Int) -> [FindingID] {
    guard let share = shares.removeValue(forKey: agent) else { return [] }
    return Array(share.findings.keys)
  }

  /// Takes in that findings were seen to be over, whatever agents say.
  mutating func overrule(_ ids: some Sequence<FindingID>, at now: Timestamp) {
    for id in ids where isTold(id) { overruled[id] = now + Self.overruling }
  }

  /// When something is to be looked at again.
  var nextDeadline: Timestamp? {
    let ends = [leaving.values.lazy.map(\.end).min(), overruled.values.min()]
    return ends.compactMap(\.self).min()
  }

  /// Ends what has lasted for long enough; answers which findings that concerns.
  mutating func expire(at now: Timestamp) -> [FindingID] {
    let left = leaving.filter { $0.value.end <= now }.map(\.key)
    for id in left { leaving[id] = nil }
    var shown: [FindingID] = []
    for (id, end) in overruled where end <= now {
      let isToldNow = shares.values.contains { $0.isLive && $0.findings[id] != nil }
      // Of an agent that is not there nothing newer is known.
      overruled[id] = isToldNow || !isTold(id) ? nil : now + Self.overruling
      if overruled[id] == nil { shown.append(id) }
    }
    return left + shown
  }
}
