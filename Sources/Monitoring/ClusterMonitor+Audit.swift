import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// The monitor's doubt in itself: kind by kind it compares its model with what the server lists,
/// says what differs and lists such a kind again.
extension ClusterMonitor {
  /// In how long every kind is audited once.
  static let auditInterval = Duration.seconds(600)
  /// How long the streams are given to bring what a list showed.
  private static let auditPatience = Duration.seconds(5)
  /// How many objects are looked at without a pause.
  private static let auditSlice = 1000
  /// Behind all lists that somebody waits for.
  private static let auditPriority = 3

  /// Audits every kind once in ten minutes, evenly spread, until the task is cancelled.
  func auditForEver() async {
    await withDiscardingTaskGroup { group in
      while true {
        let ids = streams.keys.sorted()
        if ids.isEmpty, (try? await clock.sleep(Self.auditPatience)) == nil { return }
        for id in ids {
          guard (try? await clock.sleep(Self.auditInterval / ids.count)) != nil else { return }
          group.addTask { await self.audit(id) }
        }
      }
    }
  }

  /// Compares what one stream showed with the server; answers whether that could be done, which it
  /// cannot where the stream is not running.
  @discardableResult
  func audit(_ id: ResourceStream.ID) async -> Bool {
    guard let first = await listAndModel(of: id) else { return false }
    let comparison = ModelComparison(listed: first.listed, model: first.model)
    guard comparison.isSuspicious else {
      noteAudit(of: id, [])
      return true
    }
    guard let second = await listAndModel(of: id) else { return false }
    let differences = comparison.confirmed(listed: second.listed, model: second.model)
    noteAudit(
      of: id,
      differences.map { difference in
        ModelFault.Object(
          difference.key,
          fault: difference.fault.rawValue,
          listed: difference.listed?.resourceVersion,
          held: second.model[difference.key]?.resourceVersion
        )
      }
    )
    return true
  }

  /// What the server lists, and the model some seconds later.
  private func listAndModel(
    of id: ResourceStream.ID
  ) async -> (listed: [ObjectKey: ObjectState], model: [ObjectKey: ObjectState])? {
    guard let stream = streams[id], stream.state == .watching,
      let listed = await list(stream),
      (try? await clock.sleep(Self.auditPatience)) != nil,
      streams[id]?.state == .watching
    else { return nil }
    // What is to be followed may have become another meanwhile.
    let isFollowed = coverage.filter(of: stream.resource, rulesIn: options.trustedRuleNamespaces)
    let followed = listed.filter { isFollowed?($0.key.namespace) ?? true }
    var model: [ObjectKey: ObjectState] = [:]
    for (number, key) in graph.keys(of: id.kind).enumerated()
    where id.namespace ?? key.namespace == key.namespace
      && isFollowed?(key.namespace) ?? true
    {
      // Many objects take long, and whoever asks meanwhile is answered first.
      if number % Self.auditSlice == 0 { await Task.yield() }
      guard let record = graph.record(key) else { continue }
      model[key] = ObjectState(
        uid: record.metadata.uid,
        resourceVersion: graph.resourceVersion(key)
      )
    }
    return (followed, model)
  }

  /// Lists a stream's objects page by page, waiting for a turn before each.
  private func list(_ stream: ResourceStream) async -> [ObjectKey: ObjectState]? {
    var listed: [ObjectKey: ObjectState] = [:]
    var token: String?
    repeat {
      let turn = await listGate.turn(priority: Self.auditPriority)
      let page = try? await source.metadata(
        of: stream.resource,
        in: stream.namespace,
        fieldSelector: Self.fieldSelector(of: stream.resource.kind),
        continueToken: token
      )
      turn.end()
      guard let page else { return nil }
      for snapshot in page.objects { listed[snapshot.record.key] = ObjectState(snapshot) }
      token = page.continueToken
    } while token != nil
    return listed
  }

  /// Takes in how an audit ended; a kind of which the model was wrong is listed again.
  private func noteAudit(of id: ResourceStream.ID, _ objects: [ModelFault.Object]) {
    noteServer { server in
      server.modelFaults.removeAll { $0.kind == id.kind && $0.namespace == id.namespace }
      guard !objects.isEmpty else { return }
      let fault = ModelFault(
        kind: id.kind,
        namespace: id.namespace,
        examples: Array(objects.prefix(10)),
        count: objects.count
      )
      server.modelFaults.append(fault)
      server.modelFaults.sort { ($0.kind, $0.namespace ?? "") < ($1.kind, $1.namespace ?? "") }
    }
    guard !objects.isEmpty else { return }
    differencesFound += objects.count
    restart(id)
  }
}

extension ObjectState {
  init(_ snapshot: ObjectSnapshot) {
    self.init(
      uid: snapshot.record.metadata.uid,
      resourceVersion: snapshot.resourceVersion
    )
  }
}
