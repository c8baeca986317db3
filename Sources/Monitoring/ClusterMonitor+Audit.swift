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

  /// Compares what one stream showed with the server; does nothing where it is not running.
  func audit(_ id: ResourceStream.ID) async {
    guard let first = await listAndModel(of: id) else { return }
    let comparison = ModelComparison(listed: first.listed, model: first.model)
    guard comparison.isSuspicious else { return noteAudit(of: id, []) }
    guard let second = await listAndModel(of: id) else { return }
    noteAudit(
      of: id,
      comparison.confirmed(listed: second.listed, model: second.model)
    )
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
    var model: [ObjectKey: ObjectState] = [:]
    for (number, key) in graph.keys(of: id.kind).enumerated()
    where id.namespace ?? key.namespace == key.namespace {
      // Many objects take long, and whoever asks meanwhile is answered first.
      if number % Self.auditSlice == 0 { await Task.yield() }
      guard let record = graph.record(key) else { continue }
      model[key] = ObjectState(
        uid: record.metadata.uid,
        resourceVersion: graph.resourceVersion(key)
      )
    }
    return (listed, model)
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

  private func noteAudit(of id: ResourceStream.ID, _ differences: [ModelDifference]) {
    guard let example = differences.first else {
      if auditDifferences.removeValue(forKey: id) != nil { noteOwnFindings() }
      return
    }
    differencesFound += differences.count
    let subject = VertexID.object(example.key)
    let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
    let fault = example.fault.rawValue + more
    auditDifferences[id] = OwnFinding.wrongModel.finding(
      on: name,
      about: subject,
      discriminator: id.kind.description,
      message: "KPatrol's own picture of \(example.key) was wrong (\(fault)); "
        + "\(id.kind) was listed again",
      evidence: differences.prefix(10).map { difference in
        let listed = difference.listed?.resourceVersion ?? "absent"
        return Evidence(.object(difference.key), "metadata.resourceVersion", listed)
      },
      since: clock.now()
    )
    restart(id)
    noteOwnFindings()
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
