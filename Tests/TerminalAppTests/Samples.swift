import ClusterGraph
import KubernetesClient
import KubernetesObjects
import TerminalKit

@testable import Healing
@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

/// Findings as a fleet would send them.
enum Sample {
  static let now = Timestamp(rfc3339: "2026-11-23T12:00:00Z") ?? .init(millisecondsSince1970: 0)

  static func finding(
    _ number: Int,
    severity: Severity = .critical,
    message: String? = nil,
    remedies: [RemedyID] = [],
    mayBeYounger: Bool = false
  ) -> Finding {
    let subject = VertexID.object(
      ObjectKey(ObjectKind("Pod"), namespace: "shop", name: "pod-\(number)")
    )
    return Finding(
      id: FindingID(cluster: "test", check: "stuck/x", subject: subject, discriminator: ""),
      cluster: "test",
      check: "stuck/terminating",
      severity: severity,
      subject: subject,
      message: message ?? "Pod shop/pod-\(number) does not finish terminating",
      evidence: [Evidence(subject, "metadata.finalizers", "example.com/hold")],
      related: [],
      remedies: remedies,
      since: now - .seconds(90),
      mayBeYounger: mayBeYounger
    )
  }

  static func page(_ findings: [Finding], total: Int? = nil, offset: Int = 0) -> FindingsPage {
    var page = FindingsPage()
    page.lines = findings.map { .finding(FindingsPage.Row(finding: $0)) }
    page.matchCount = total ?? findings.count
    page.totalCount = page.matchCount
    page.rowCount = page.matchCount
    page.offset = offset
    page.now = now
    return page
  }

  static func status(_ connection: ClusterStatus.Connection = .watching) -> ClusterStatus {
    var status = ClusterStatus(name: "test", server: "https://x", connectionSince: now, now: now)
    status.connection = connection
    status.kindsTotal = 50
    status.kindsSynced = connection == .watching ? 50 : 20
    status.objectCount = 300
    return status
  }

  static func plan(
    _ finding: Finding,
    _ confirmation: Healing.Confirmation,
    steps: [HealStep]? = nil,
    unknownKinds: [ObjectKind] = [],
    kubectl: String? = nil
  ) -> HealPlan {
    var blastRadius = BlastRadius([.init(finding.subject, "is gone at once")])
    blastRadius.unknownKinds = unknownKinds
    let pod = ObjectKey(ObjectKind("Pod"), namespace: "shop", name: "pod-1")
    return HealPlan(
      cause: .finding(finding.id),
      subject: finding.subject,
      cluster: "test",
      remedy: "remove-finalizer",
      title: "Remove example.com/hold from Pod shop/pod-1",
      reason: "Deletion was asked for.",
      steps: steps ?? [.delete(pod, uid: "u-1")],
      disruption: .cleanUpSkipped,
      blastRadius: blastRadius,
      undo: "Cannot be undone.",
      confirmation: confirmation,
      kubectl: kubectl
    )
  }

  static func detail(
    _ finding: Finding,
    _ proposal: Proposal,
    cause: Finding? = nil,
    heal: HealState? = nil,
    resolvedAt: Timestamp? = nil
  ) -> FindingDetail {
    FindingDetail(
      finding: finding,
      resolvedAt: resolvedAt,
      title: "Deletion does not end",
      explanation: "Deletion was asked for.",
      vicinity: Vicinity(subject: Vicinity.Vertex(finding.subject)),
      cause: cause,
      consequences: [],
      consequenceCount: 3,
      changes: [
        RecentChange(
          time: now - .seconds(90),
          key: ObjectKey(ObjectKind("Pod"), namespace: "shop", name: "pod-1"),
          what: .changed([.init(path: "phase", old: "Pending", new: "Running")]),
          manager: "kubelet"
        )
      ],
      warnings: [],
      offers: [
        .init(remedy: "remove-finalizer", title: "Remove the finalizer", proposal: proposal)
      ],
      heal: heal,
      now: now
    )
  }
}

extension APIResource {
  static let samplePods = APIResource(
    kind: Pod.kind,
    version: "v1",
    plural: "pods",
    singular: "pod",
    isNamespaced: true,
    shortNames: ["po"]
  )
}

extension Vocabulary {
  /// Two clusters with kinds of which some have names in common.
  static let sample: Vocabulary = {
    var contents = FleetContents()
    contents.clusters = ["prod", "stage"]
    contents.namespaces = ["bank", "default", "kube-system", "shop"]
    contents.checks = ["conflict/pod-address", "stuck/terminating"]
    contents.resources = [
      .samplePods,
      resource("Deployment", "apps", "deployments", ["deploy"]),
      resource("Event", "", "events", ["ev"]),
      resource("Event", "events.k8s.io", "events", ["ev"]),
      resource("Namespace", "", "namespaces", ["ns"], isNamespaced: false),
      resource("NetworkPolicy", "networking.k8s.io", "networkpolicies", ["netpol"]),
      resource("Node", "", "nodes", ["no"], isNamespaced: false),
      resource("Service", "", "services", ["svc"]),
      resource("Service", "serving.knative.dev", "services", ["ksvc"]),
      resource("Widget", "example.com", "widgets", []),
    ]
    return Vocabulary(contents, themes: ["default-dark", "default-light", "nord"])
  }()

  private static func resource(
    _ kind: String,
    _ group: String,
    _ plural: String,
    _ shortNames: [String],
    isNamespaced: Bool = true
  ) -> APIResource {
    APIResource(
      kind: ObjectKind(kind, group: group),
      version: "v1",
      plural: plural,
      singular: kind.lowercased(),
      isNamespaced: isNamespaced,
      shortNames: shortNames
    )
  }
}

/// An app on a screen of its own, as a user sees and drives it.
struct AppDriver {
  private(set) var app: App
  private var size = Size(columns: 80, rows: 24)

  init(_ columns: Int = 80, _ rows: Int = 24, opening finding: FindingID? = nil) {
    app = App(opening: finding)
    resize(columns, rows)
  }

  /// The type of the screen that is shown, and that of its tab where it has some.
  var screenNames: [String] {
    guard let screen = app.screens.last else { return [] }
    let tab = (screen as? ObjectScreen).map { "\(Swift.type(of: $0.current))" }
    return ["\(Swift.type(of: screen))"] + (tab.map { [$0] } ?? [])
  }

  mutating func resize(_ columns: Int, _ rows: Int) {
    size = Size(columns: columns, rows: rows)
    _ = app.update(.resize(size))
  }

  var canvas: Canvas {
    var canvas = Canvas(size)
    app.draw(on: &canvas)
    return canvas
  }

  var lines: [String] { canvas.lines }

  /// Presses keys and gives what they asked for.
  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { keys.flatMap { app.update(Input.key($0)) } }

  @discardableResult
  mutating func click(row: Int, column: Int = 10) -> [Effect] {
    app.update(Input.click(row: row, column: column))
  }

  mutating func wheel(_ rows: Int) -> [Effect] { app.update(Input.wheel(rows)) }

  /// How often the app has looked different so far.
  var look: Int { app.look }

  @discardableResult
  mutating func take(_ message: Message) -> [Effect] { app.update(message) }

  mutating func tick(_ now: Timestamp) -> [Effect] { take(.tick(now)) }

  /// Shows findings, and the state of clusters, as if they had been loaded.
  mutating func show(
    _ findings: [Finding],
    _ statuses: [ClusterStatus] = [Sample.status()]
  ) {
    show(Sample.page(findings), statuses)
  }

  mutating func show(_ page: FindingsPage, _ statuses: [ClusterStatus] = [Sample.status()]) {
    take(.findings(page, for: FindingsQuery(consequences: .folded)))
    take(.statuses(statuses))
  }

  /// Runs a command with the sample's vocabulary at hand.
  @discardableResult
  mutating func run(_ command: String) -> [Effect] {
    press(":")
    take(.vocabulary(.sample))
    type(command)
    return press("enter")
  }

  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    text.flatMap { app.update(Input.key(.character($0))) }
  }

  /// Opens the confirmation of a plan.
  mutating func open(_ proposal: Proposal, of finding: Finding = Sample.finding(1)) {
    show([finding])
    press("enter")
    take(.detail(Sample.detail(finding, proposal), for: finding.id))
    press("h")
  }
}
