import SimulatedCluster

/// What happened in one storm, or in several.
struct StormReport: Sendable, CustomStringConvertible {
  var storms = 0
  var creations = 0
  var updates = 0
  var deletions = 0
  /// How often each kind of fault struck a request or a connection.
  var strikes: [Fault.Kind: Int] = [:]
  /// How often a watch went on from the version of one that a fault had struck.
  var resumes: [Fault.Kind: Int] = [:]
  var relists = 0

  mutating func add(_ other: StormReport) {
    storms += other.storms
    creations += other.creations
    updates += other.updates
    deletions += other.deletions
    strikes.merge(other.strikes) { $0 + $1 }
    resumes.merge(other.resumes) { $0 + $1 }
    relists += other.relists
  }

  var description: String {
    func text(_ counts: [Fault.Kind: Int]) -> String {
      counts.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    }
    return "\(storms) storms: \(creations) creations, \(updates) updates, \(deletions) deletions; "
      + "struck: \(text(strikes)); resumed behind: \(text(resumes)); "
      + "\(relists) relists, each of which had to be"
  }
}
