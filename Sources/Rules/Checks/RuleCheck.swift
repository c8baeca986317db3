import CEL
package import ClusterGraph
package import Healing
package import Inspection
package import KubernetesObjects

/// A rule of a pack as a check.
package struct RuleCheck: Check {
  /// A value that proves what was found.
  struct Proof: Sendable {
    let path: String
    let program: CELProgram
  }

  package let id: CheckID
  package let title: String
  package let severity: Severity
  package let settles: Duration
  package let needs: [ObjectKind]
  package let explains: [Explanation]
  package let explanation: String
  package let scope: SubjectScope
  /// The name of its pack.
  package let pack: String
  package internal(set) var meter = RuleMeter()

  package let remedies: [RemedyID]
  /// What these are.
  package internal(set) var healing: [RuleRemedy]

  let match: RuleMatch
  /// What has to hold besides for the rule to be about an object.
  let filter: CELProgram?
  let condition: CELProgram
  let usesClock: Bool
  let usesOld: Bool
  /// Whether any field of the object is read.
  let readsObject: Bool
  let message: MessageTemplate
  let proofs: [Proof]
  let exceptions: [RuleException]
  let parameters: ProjectedFields
  let sources: [ObjectSource]
  let readSources: Set<ObjectSource>

  /// What a rule refers to may be anywhere.
  package var reach: CheckReach { sources.isEmpty ? .namespace : .cluster }

  package func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    let record = subject.record
    guard match.includes(record.kind, record.metadata), !meter.isOff else { return [] }
    let fields = cluster.fields
    // Where a field is read, they are yet to come; and so is what they were before.
    guard fields != nil || !readsObject else { return [] }
    let previous = usesOld ? cluster.previousFields : nil
    guard !usesOld || previous != nil else { return [] }
    let scene = RuleScene(
      fields: FieldsObject(fields ?? ProjectedFields()),
      old: previous.map { FieldsObject($0) },
      parameters: FieldsObject(parameters),
      sources: sources,
      read: readSources,
      namespace: record.metadata.namespace,
      view: cluster
    )
    var cost: UInt64 = 0
    do throws(CELError) {
      let spans = try spans(scene, &cost)
      meter.note(nil, cost: cost, on: record.key)
      return observations(in: spans, of: subject, scene)
    } catch {
      if !scene.isBlind { meter.note(error, cost: cost, on: record.key) }
      return []
    }
  }

  /// Switches the rule off where it fails for over a hundredth of the objects that it is about.
  package func judge(in graph: ClusterGraph) {
    meter.judge(
      isThere: { graph.record($0) != nil },
      counting: { match.count(in: graph, upTo: $0) }
    )
  }

  /// When the rule's condition holds.
  private func spans(_ scene: RuleScene, _ cost: inout UInt64) throws(CELError) -> [TimeSpan] {
    if let filter, try !isTrue(filter, scene, &cost) { return [] }
    guard usesClock else { return try isTrue(condition, scene, &cost) ? [.always] : [] }
    return try TimeSpan.spans { clock throws(CELError) in
      scene.clock = clock
      return try isTrue(condition, scene, &cost)
    }
  }

  private func isTrue(
    _ program: CELProgram,
    _ scene: RuleScene,
    _ cost: inout UInt64
  ) throws(CELError) -> Bool {
    let outcome = program.outcome(scene)
    cost &+= outcome.cost
    guard case .bool(let value) = try outcome.result.get() else {
      throw CELError(.notBoolean("that is none"))
    }
    return value
  }

  private func observations(
    in spans: [TimeSpan],
    of subject: ObjectSubject,
    _ scene: RuleScene
  ) -> [Observation] {
    guard !spans.isEmpty else { return [] }
    let covering = exceptions.filter { $0.covers(subject.record.kind, subject.metadata, scene) }
    guard covering.allSatisfy({ $0.end != nil }) else { return [] }
    let end = covering.compactMap(\.end?.millisecondsSince1970).max()
    let message = message.text(scene)
    let evidence = proofs.compactMap { proof -> Evidence? in
      guard let value = try? proof.program.evaluate(scene) else { return nil }
      return Evidence(subject.id, proof.path, value.displayText)
    }
    guard !scene.isBlind else { return [] }
    return spans.compactMap { $0.from(end) }.enumerated().map { index, span in
      Observation(
        message,
        evidence: evidence,
        beginning: span.beginning.map { .from(Timestamp(millisecondsSince1970: $0)) } ?? .whenSeen,
        end: span.end.map { Timestamp(millisecondsSince1970: $0) },
        // A condition that comes and goes by time alone is another finding each time.
        discriminator: index == 0 ? "" : String(index + 1)
      )
    }
  }
}
