package import ClusterGraph
import KubernetesObjects

extension Inspector {
  /// Inspects another part of the cluster from now on.
  ///
  /// What was found in shards that are not held any more is forgotten, for others tell of it now: it is not
  /// resolved. What is in shards that are held anew turns out once its vertices are touched, and may have been
  /// so for long, until ``endNewness()``.
  ///
  /// - Returns: The findings that others tell of now.
  package mutating func cover(_ new: Coverage, in graph: ClusterGraph) -> [Finding] {
    let old = coverage
    guard new != old else { return [] }
    checks.coverage = new
    newShards =
      old.count == new.count ? newShards.union(new.shards.subtracting(old.shards)) : new.shards
    newShards.formIntersection(new.shards)
    guard !new.isEverything else { return [] }
    var moved: [Finding] = []
    for (id, held) in tracked
    where !new.shards.contains(shard(of: held.finding.check, at: held.observer, in: graph)) {
      tracked[id] = nil
      unsettled[id] = nil
      idsByVertex[held.observer]?.removeAll { $0 == id }
      if idsByVertex[held.observer]?.isEmpty == true { idsByVertex[held.observer] = nil }
      if held.isSettled { moved.append(held.finding) }
    }
    return moved
  }

  /// Whether there are shards that were not inspected since they are held.
  package var hasNewShards: Bool { !newShards.isEmpty }

  /// From now on what is seen for the first time began when it is seen.
  package mutating func endNewness() { newShards = [] }

  /// The shard to which a finding belongs.
  package func shard(of finding: FindingID, in graph: ClusterGraph) -> Int {
    guard coverage.count > 1, let held = tracked[finding] else { return 0 }
    return shard(of: held.finding.check, at: held.observer, in: graph)
  }

  /// The shard to which it belongs what a check says of a vertex.
  func shard(of check: CheckID, at handle: Handle, in graph: ClusterGraph) -> Int {
    let home = graph.record(of: handle)?.home ?? graph.id(of: handle)?.objectKey?.namespace
    return checks.shard(of: check, home: home ?? "")
  }
}
