package import CloudEvents
import ClusterGraph
import Inspection
import KubernetesObjects
package import RemoteChecks

/// Services that are told of the cluster's objects, and answer with what they have against them.
extension ClusterMonitor: RemoteCheckHost {
  package func nextRemoteWork(of check: String) -> RemoteWork {
    guard let index = remoteFeeds.firstIndex(where: { $0.check.name == check }) else {
      return .wait(.seconds(3600))
    }
    let asked = remoteFeeds[index].check
    let work = remoteFeeds[index].next(
      at: clock.now(),
      objects: {
        asked.kinds.flatMap { graph.handles(of: $0) }.filter { isCovered($0) }
      },
      key: { graph.id(of: $0)?.objectKey },
      look: { key in
        view(of: key, for: asked).map { ($0, graph.resourceVersion(key)) }
      },
      in: name
    )
    noteRemoteStatus(at: index)
    return work
  }

  package func take(
    _ outcome: EventSender.Outcome,
    of batch: Int,
    from check: String,
    after latency: Duration
  ) {
    guard let index = remoteFeeds.firstIndex(where: { $0.check.name == check }) else { return }
    let news = remoteFeeds[index].take(
      outcome,
      of: batch,
      after: latency,
      at: clock.now(),
      chance: Double.random(in: 0...1)
    )
    if let news, !news.isEmpty { take(news, from: check) }
    noteRemoteStatus(at: index)
    // Of several workers one asked whether the service is back.
    remoteSignal.give()
  }

  /// Puts what a service has against objects into the graph, in the place of what it had.
  private func take(_ answers: [ObjectKey: [RemoteFinding]], from check: String) {
    update { graph, touched in
      for (key, findings) in answers {
        let answer = RemoteAnswer(findings, about: key, from: check)
        if findings.isEmpty {
          graph.remove(answer.key, touching: &touched)
        } else {
          let snapshot = ObjectSnapshot(record: answer, version: ObjectVersion())
          graph.upsert(snapshot, touching: &touched)
        }
      }
    }
  }

  /// Takes an answer about one object that did not come in the answer to a request.
  func take(_ incoming: IncomingAnswer) -> IncomingAnswer.Fate {
    guard let index = remoteFeeds.firstIndex(where: { $0.check.name == incoming.check }) else {
      return .unusable("there is no remote check \(incoming.check) in the cluster \(name)")
    }
    guard isSynced else { return .notYet }
    let check = remoteFeeds[index].check
    guard let key = check.key(ofSubject: incoming.subject) else {
      return .unusable("a subject of no kind that \(check.name) is told of")
    }
    let answers = RemoteAnswers(incoming.events, about: [key])
    guard let findings = answers.findings[key] else {
      return .unusable(answers.problem ?? "nothing about its subject")
    }
    defer { noteRemoteStatus(at: index) }
    // Of the version that is answered nothing is known where the answer does not name it.
    guard let object = view(of: key, for: check),
      incoming.cause.map({ $0.uid == object.uid.description }) ?? true
    else {
      remoteFeeds[index].noteLate()
      return .late
    }
    let shown = remoteFeeds[index].take(
      later: findings,
      about: key,
      version: incoming.cause?.version,
      at: clock.now()
    )
    guard let shown else { return .late }
    take([key: shown], from: check.name)
    return .taken
  }

  /// Notes what of the touched objects the services are to be told, before vertices are freed; what they had
  /// against objects that are gone is over.
  func noteForRemoteChecks(touching touched: inout HandleSet) {
    guard isSynced, !remoteFeeds.isEmpty else { return }
    var isNoted = false
    for handle in Array(touched) {
      guard let kind = graph.kind(of: handle) else { continue }
      for index in remoteFeeds.indices where remoteFeeds[index].check.kinds.contains(kind) {
        guard let key = graph.id(of: handle)?.objectKey else { continue }
        isNoted = true
        let asked = remoteFeeds[index].check
        if remoteFeeds[index].note(key, view(of: key, for: asked)) {
          graph.remove(RemoteAnswer.key(about: key, from: asked.name), touching: &touched)
        }
      }
    }
    if isNoted { remoteSignal.give() }
  }

  /// Tells the services of all objects, once these are there.
  func startRemoteChecks() {
    for index in remoteFeeds.indices { remoteFeeds[index].start() }
    remoteSignal.give()
  }

  func retryRemoteChecks() {
    for index in remoteFeeds.indices { remoteFeeds[index].retry(at: clock.now()) }
    remoteSignal.give()
  }

  private func view(of key: ObjectKey, for check: RemoteCheck) -> RemoteObject? {
    guard let handle = graph.handle(of: .object(key)), let record = graph.record(of: handle),
      inspector.coverage.includes(namespace: record.home)
    else { return nil }
    return check.view(
      of: record,
      apiVersion: resource(of: key.kind)?.apiVersion ?? "",
      fields: graph.projectedFields(of: handle)
    )
  }

  // MARK: How they stand

  /// The kinds of what services answer.
  var remoteKinds: [ObjectKind] {
    remoteFeeds.map { RemoteAnswer.kind(ofCheck: $0.check.name) }.sorted()
  }

  func remoteStatus(of check: any Check) -> RemoteCheckStatus? {
    guard check is RemoteFindingCheck else { return nil }
    return remoteFeeds.first { check.needs == [RemoteAnswer.kind(ofCheck: $0.check.name)] }?.status
  }

  private func noteRemoteStatus(at index: Int) {
    let status = remoteFeeds[index].status
    let kind = RemoteAnswer.kind(ofCheck: status.name)
    let knowledge = status.notInspectedReason.map(Knowledge.unknown) ?? .known
    if graph.knowledge(of: kind) != knowledge {
      update { $0.setKnowledge(of: kind, to: knowledge, touching: &$1) }
      noteSight()
      didChange()
    }
    let faults = remoteFeeds.compactMap { feed in
      feed.status.fault.map {
        RemoteFault(feed.check.name, $0, since: feed.status.failingSince)
      }
    }
    let known = (graph.record(ClusterRecord.key) as? ClusterRecord)?.remoteFaults ?? []
    if faults != known { noteServer { $0.remoteFaults = faults } }
  }

  // MARK: What is kept for them

  /// What is kept for rules, and for the services besides.
  func withRemoteChecks(
    _ extensions: [ObjectKind: KindExtension]
  ) -> [ObjectKind: KindExtension] {
    Self.extensions(extensions, with: remoteFeeds.map(\.check))
  }

  static func extensions(
    _ extensions: [ObjectKind: KindExtension],
    with checks: [RemoteCheck]
  ) -> [ObjectKind: KindExtension] {
    var extensions = extensions
    for check in checks {
      guard let extended = check.extended else { continue }
      for kind in check.kinds {
        extensions[kind, default: KindExtension()].formUnion(extended)
      }
    }
    return extensions
  }
}
