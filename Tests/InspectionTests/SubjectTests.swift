import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// A ConfigMap or a Secret.
private struct Configuration: InspectionSubject {
  static let scope = SubjectScope.kinds([ConfigMap.kind, Secret.kind])
  let record: any ObjectRecord

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record else { return nil }
    self.record = record
  }
}

/// Finds what no Deployment reads.
private struct Unread: Check {
  let id: CheckID = "dangling/unread"
  let title = "Unread"
  let severity = Severity.info
  let settles = Duration.zero
  let needs = [Deployment.kind]
  let asks = [Deployment.kind]
  let explanation = ""

  func inspect(_ subject: Configuration, in cluster: ClusterView) -> [Observation] {
    guard cluster.isKnown(Deployment.kind),
      !cluster.hasReferrer(overAnyOf: [.configuration, .mention])
    else { return [] }
    return [Observation(subject.record.key.description)]
  }
}

/// Finds Deployments that need what is not there.
private struct Lacking: Check {
  let id: CheckID = "dangling/lacking"
  let title = "Lacking"
  let severity = Severity.info
  let settles = Duration.zero
  let needs = [ConfigMap.kind]
  let explanation = ""

  func inspect(_ deployment: Deployment, in cluster: ClusterView) -> [Observation] {
    cluster.missingTargets(over: .configuration).map { Observation($0.id.name) }
  }
}

/// Whom checks are about, and what wakes them.
@Suite struct SubjectTests {
  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: [Unread(), Lacking()])

  private mutating func list(_ kind: ObjectKind, _ records: [any ObjectRecord]) {
    var touched: HandleSet = []
    graph.replace(kind, with: records.map { ObjectSnapshot($0) }, touching: &touched)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
  }

  private var messages: Set<String> { Set(inspector.findings.map(\.message)) }

  private static func reading(_ name: String, isOptional: Bool = false) -> Deployment {
    .object { deployment in
      deployment.template = .with {
        var reference = ConfigurationReference(.configMap, in: .volume, name: name)
        reference.isOptional = isOptional
        $0.configurations = [reference]
      }
    }
  }

  @Test mutating func aSubjectMayBeOfSeveralKinds() {
    list(Deployment.kind, [])
    list(ConfigMap.kind, [ConfigMap.object("a")])
    list(Secret.kind, [Secret.object("b")])
    #expect(messages == ["ConfigMap shop/a", "Secret shop/b"])
  }

  @Test mutating func thatNobodyNamesAnObjectIsSaidOnceAllAreKnown() {
    list(ConfigMap.kind, [ConfigMap.object("a")])
    #expect(messages.isEmpty)
    list(Deployment.kind, [])
    #expect(messages == ["ConfigMap shop/a"])
    var touched: HandleSet = []
    graph.setKnowledge(of: Deployment.kind, to: .unknown("forbidden"), touching: &touched)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    #expect(messages.isEmpty)
  }

  @Test mutating func onlyWhatIsNeededAndKnownNotToBeThereIsMissing() {
    list(Deployment.kind, [Self.reading("a")])
    #expect(messages.isEmpty)
    list(ConfigMap.kind, [])
    #expect(messages == ["shop/a"])
    list(Deployment.kind, [Self.reading("a", isOptional: true)])
    #expect(messages.isEmpty)
  }
}
