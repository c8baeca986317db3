package import KubernetesObjects

/// What writes down when findings come and go; it keeps nobody waiting.
package protocol FindingsRecorder: Sendable {
  /// Takes in that findings were raised and resolved at a time.
  func take(_ delta: FindingsDelta, at time: Timestamp)

  /// Takes in that others tell of findings from now on: they are not over, and what becomes of them is
  /// written down elsewhere.
  func take(movedAway findings: [Finding], at time: Timestamp)

  /// Takes in what a first look at a cluster showed: whatever else some checks had found there is over,
  /// and ended while nobody looked.
  func take(_ look: FirstLook)

  /// Takes in which findings are over of which the first look could not tell: they had to settle again, and
  /// did not.
  func take(foundOver ids: [FindingID], at time: Timestamp)
}

extension FindingsRecorder {
  /// Where nothing more is written down, nothing of it is.
  package func take(movedAway findings: [Finding], at time: Timestamp) {}
}

/// What there is of a cluster's findings when it was inspected for the first time.
package struct FirstLook: Sendable, Equatable {
  package let cluster: String
  package let time: Timestamp
  package let findings: Set<FindingID>
  /// The checks that saw all that there is.
  package let checks: Set<CheckID>
  /// The part of the cluster that was looked at.
  package let coverage: Coverage
  /// The checks of which what they say in a namespace is a matter of its shard; all else is one of shard 0.
  private let localChecks: Set<CheckID>

  package init(
    cluster: String,
    time: Timestamp,
    findings: Set<FindingID>,
    checks: Set<CheckID>,
    coverage: Coverage = .everything,
    localChecks: Set<CheckID> = []
  ) {
    self.cluster = cluster
    self.time = time
    self.findings = findings
    self.checks = checks
    self.coverage = coverage
    self.localChecks = localChecks
  }

  /// Whether it would have seen what a check says of an object of this namespace.
  package func sees(_ check: CheckID, in namespace: String) -> Bool {
    guard checks.contains(check) else { return false }
    let reach: CheckReach = localChecks.contains(check) ? .namespace : .cluster
    return coverage.shards.contains(coverage.shard(of: namespace, reach))
  }
}
