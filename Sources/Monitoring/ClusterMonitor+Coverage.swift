import ClusterGraph
package import Inspection
import KubernetesObjects

/// What of the cluster is covered, which changes while several agents take over from each other.
extension ClusterMonitor {
  /// What is inspected now.
  package var covered: Coverage { inspector.coverage }

  /// Whether all that is to be covered is inspected.
  package var isCovering: Bool {
    isSynced && coverage.awaited.isEmpty && inspector.coverage == coverage.wanted
      && !inspector.hasNewShards
  }

  /// Covers another part of the cluster from now on.
  ///
  /// What is not covered any more leaves at once, and its findings are none that are over; what ends of them
  /// is told for a while yet. What is new is listed first, and inspected once all of it is there: until then
  /// nothing can be said of what is absent.
  package func cover(_ new: Coverage) {
    guard new != coverage.wanted else { return }
    endFarewell()
    let old = inspector.coverage
    coverage.wanted = new
    leave(
      keeping: Coverage(
        of: new.count,
        holding: old.count == new.count ? old.shards.intersection(new.shards) : []
      )
    )
    coverage.follow(new)
    coverage.awaited = []
    guard !coverage.follows(new, covering: inspector.coverage) else { return endGrowing() }
    for (id, stream) in streams where stream.resource.isNamespaced && stream.task != nil {
      coverage.awaited.insert(id)
      restart(id)
    }
    endGrowing()
  }

  /// Notes that a stream was listed: what is covered anew of its kind is there.
  func noteListForCoverage(of id: ResourceStream.ID) {
    guard coverage.awaited.remove(id) != nil else { return }
    endGrowing()
  }

  /// Inspects what is covered anew, if nothing has to be awaited for that.
  func endGrowing() {
    // Nobody waits for ever for a stream that is gone or broken.
    coverage.awaited = coverage.awaited.filter { id in
      streams[id].map { !$0.isSettled || $0.doubt == nil } ?? false
    }
    guard coverage.awaited.isEmpty, inspector.coverage != coverage.wanted else { return }
    let old = inspector.coverage
    let new = coverage.wanted
    _ = inspector.cover(new, in: graph)
    update { graph, touched in
      touched.formUnion(
        graph.allHandles.filter { handle in
          let home = graph.record(of: handle)?.home ?? ""
          return new.includes(namespace: home) && !old.includes(namespace: home)
            || new.includesCluster && !old.includesCluster
        }
      )
    }
    noteBrokenGroups()
    guard isSynced else { return }
    Task { [weak self] in await self?.inspectNewShards(of: new) }
  }

  private func inspectNewShards(of new: Coverage) async {
    await inspectInParts()
    // Unless others were added meanwhile.
    guard inspector.coverage == new else { return }
    inspector.endNewness()
    recordFirstLook()
    didChange()
  }

  /// Covers no more than `kept`, which is a part of what is covered.
  private func leave(keeping kept: Coverage) {
    finishBacklog()
    let before = inspector
    var moved = inspector.cover(kept, in: graph)
    if !kept.includesCluster {
      moved += ownFindings.values
      ownFindings = [:]
    }
    let now = clock.now()
    coverage.moved.formUnion(moved.map(\.id))
    digest.update(moved.map { ($0.id, nil) }, in: graph, at: now)
    findingsRecord.forget(moved.map(\.id))
    begin(farewellTo: moved, by: before)
    if farewell == nil { letGoWhatIsNotFollowed() }
    didChange()
  }

  /// Takes out of the graph what is not followed any more.
  func letGoWhatIsNotFollowed() {
    coverage.follow(coverage.wanted)
    for resource in resources.values {
      let filter = coverage.filter(of: resource, rulesIn: options.trustedRuleNamespaces)
      guard let filter else { continue }
      let keys = graph.keys(of: resource.kind).filter { !filter($0.namespace) }
      guard !keys.isEmpty else { continue }
      update { graph, touched in
        for key in keys { graph.remove(key, touching: &touched) }
      }
    }
  }

  /// Whether all that is followed is listed, as far as it can be.
  package var isListed: Bool { isSynced && coverage.awaited.isEmpty }

  /// Whether what is at a vertex is covered, as far as it is a matter of its namespace.
  func isCovered(_ handle: Handle) -> Bool {
    inspector.coverage.includes(namespace: graph.record(of: handle)?.home ?? "")
  }
}

extension Fleet {
  /// Covers another part of each cluster from now on.
  package func cover(_ coverage: Coverage) async {
    for monitor in monitors { await monitor.cover(coverage) }
  }

  /// What of each cluster is covered; of those that are on the way to another coverage nothing is told.
  package func coverages() async -> [String: Coverage] {
    var coverages: [String: Coverage] = [:]
    for monitor in monitors where await monitor.isCovering {
      coverages[monitor.name] = await monitor.covered
    }
    return coverages
  }

  /// Whether all that is followed is listed, as far as it can be.
  package func isListed() async -> Bool {
    for monitor in monitors where await !monitor.isListed { return false }
    return true
  }

  /// Whether all that is to be covered is inspected.
  package func isCovering() async -> Bool {
    for monitor in monitors where await !monitor.isCovering { return false }
    return true
  }
}
