import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// The monitor's doubt in itself: kind by kind it compares its model with what the server lists,
/// says what differs and lists such a kind again.
extension ClusterMonitor {
  /// How long after one audit of all kinds the next begins.
  static let auditInterval = Duration.seconds(600)
  /// How long the streams are given to bring what a list showed.
  static let auditPatience = Duration.seconds(5)
  static let auditCheck: CheckID = "drift/own-model"

  /// Audits all kinds every ten minutes, one after the other, until the task is cancelled.
  func auditForEver() async {
    while (try? await clock.sleep(Self.auditInterval)) != nil {
      for kind in streams.keys.sorted() {
        guard !Task.isCancelled else { return }
        await audit(kind)
      }
    }
  }

  /// Compares one kind with the server; does nothing where its stream is not running.
  func audit(_ kind: ObjectKind) async {
    guard let first = await listAndModel(of: kind) else { return }
    let comparison = ModelComparison(listed: first.listed, model: first.model)
    guard comparison.isSuspicious else { return noteAudit(of: kind, []) }
    guard let second = await listAndModel(of: kind) else { return }
    noteAudit(
      of: kind,
      comparison.confirmed(listed: second.listed, model: second.model)
    )
  }

  /// What the server lists, and the model some seconds later.
  private func listAndModel(
    of kind: ObjectKind
  ) async -> (listed: [ObjectKey: ObjectState], model: [ObjectKey: ObjectState])? {
    guard let stream = streams[kind], stream.state == .watching else { return nil }
    guard
      let snapshots = try? await source.metadata(
        of: stream.resource,
        in: stream.namespace,
        fieldSelector: Self.fieldSelector(of: kind)
      ),
      (try? await clock.sleep(Self.auditPatience)) != nil,
      streams[kind]?.state == .watching
    else { return nil }
    var listed: [ObjectKey: ObjectState] = [:]
    for snapshot in snapshots { listed[snapshot.record.key] = ObjectState(snapshot) }
    var model: [ObjectKey: ObjectState] = [:]
    for key in graph.keys(of: kind) {
      guard let record = graph.record(key) else { continue }
      model[key] = ObjectState(
        uid: record.metadata.uid,
        resourceVersion: graph.resourceVersion(key)
      )
    }
    return (listed, model)
  }

  private func noteAudit(of kind: ObjectKind, _ differences: [ModelDifference]) {
    guard let example = differences.first else {
      if auditDifferences.removeValue(forKey: kind) != nil { noteOwnFindings() }
      return
    }
    differencesFound += differences.count
    let subject = VertexID.object(example.key)
    let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
    let fault = example.fault.rawValue + more
    auditDifferences[kind] = Finding(
      id: FindingID(
        cluster: name,
        check: Self.auditCheck,
        subject: subject,
        discriminator: kind.description
      ),
      cluster: name,
      check: Self.auditCheck,
      severity: .warning,
      subject: subject,
      message: "KPatrol's own picture of \(example.key) was wrong (\(fault)); "
        + "\(kind) was listed again",
      evidence: differences.prefix(10).map { difference in
        let listed = difference.listed?.resourceVersion ?? "absent"
        return Evidence(.object(difference.key), "metadata.resourceVersion", listed)
      },
      related: [],
      remedies: [],
      since: clock.now()
    )
    restart(kind)
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
