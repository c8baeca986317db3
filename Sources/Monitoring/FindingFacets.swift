import AgentClient
import ClusterGraph
import Inspection
import KubernetesObjects

/// By what findings are put into groups.
package enum FindingGrouping: String, Sendable, CaseIterable {
  case none, check, shape, namespace, node, owner, team, layer, cluster, kind
}

/// What only the graph tells of a finding's place: by it findings are filtered and put into groups.
struct FindingFacets: Sendable, Equatable {
  /// The Node that it is about, or on which its object runs; empty where there is none.
  var node = ""
  /// What controls its object in the end, as in `Deployment shop/web`; empty where nothing does.
  var owner = ""
  /// Who answers for it; empty where nobody is known.
  var team = ""
  var layer = OwnershipLayer.workload
  var labels = Labels()
  /// What nobody needs, or needs something absent, takes: the capacity of a volume, what a Secret holds.
  var bytes: Int64 = 0
  /// What it names that is not there.
  var absent: [VertexID] = []

  init() {}

  init(of finding: Finding, _ answer: Ownership.Answer, in graph: ClusterGraph) {
    let records = finding.objects.prefix(Self.objectLimit).compactMap(graph.record)
    func common(_ text: (any ObjectRecord) -> String) -> String {
      let texts = records.map(text)
      guard let first = texts.first, texts.allSatisfy({ $0 == first }) else { return "" }
      return first
    }
    labels = records.count == 1 ? records[0].metadata.labels : Labels()
    owner = common { Self.owner(of: $0, in: graph) }
    team = answer.team
    layer = answer.layer
    node = common(Self.node)
    if finding.check.shape == .dangling {
      bytes = records.reduce(0) { $0 + Self.bytes(of: $1) }
      absent = finding.related.filter { graph.presence(of: $0).isAbsent }
    }
    let nodes = finding.related.compactMap(\.objectKey).filter { $0.kind == Node.kind }
    if node.isEmpty, nodes.count == 1 { node = nodes[0].name }
  }

  /// As an agent tells them, whose model they come from.
  init(_ told: AttachedFinding) {
    (node, owner, team, layer) = (told.node, told.owner, told.team, told.layer)
    (labels, bytes, absent) = (told.labels, told.bytes, told.absent)
  }

  /// Of how many objects that share something it is asked what they have in common.
  private static let objectLimit = 4

  private static func node(of record: any ObjectRecord) -> String {
    switch record {
    case let node as Node: node.metadata.name
    case let pod as Pod: pod.nodeName
    default: ""
    }
  }

  private static func bytes(of record: any ObjectRecord) -> Int64 {
    switch record {
    case let volume as PersistentVolume:
      Int64(exactly: (Quantity(volume.capacity)?.value ?? 0).rounded()) ?? 0
    case let claim as PersistentVolumeClaim:
      Int64(exactly: ((claim.capacity ?? claim.requested)?.value ?? 0).rounded()) ?? 0
    case let map as ConfigMap: Int64(map.byteCount)
    case let secret as Secret: Int64(secret.byteCount)
    default: 0
    }
  }

  /// What controls it at the end of the chain: the Deployment of a ReplicaSet's Pod; the workload itself.
  private static func owner(of record: any ObjectRecord, in graph: ClusterGraph) -> String {
    var top = record
    for _ in 0..<4 {
      guard let owner = top.metadata.controller else { break }
      let namespaced = ObjectKey(owner.kind, namespace: top.metadata.namespace, name: owner.name)
      guard let next = graph.record(namespaced), next.metadata.uid == owner.uid else {
        return "\(owner.kind) \(namespaced.qualifiedName)"
      }
      top = next
    }
    let isController = top is any Workload || top is Job || top is CronJob
    guard top.key != record.key || isController else { return "" }
    return "\(top.key)"
  }
}

extension ListedFinding {
  /// The name of its group; empty where it has none of the sort.
  func group(_ grouping: FindingGrouping) -> String {
    switch grouping {
    case .none: ""
    case .check: finding.check.description
    case .shape: finding.check.shape?.rawValue ?? ""
    case .namespace: finding.namespace
    case .node: facets.node
    case .owner: facets.owner
    case .team: facets.team
    case .layer: facets.layer.rawValue
    case .cluster: finding.cluster
    case .kind: finding.subject.kindName
    }
  }
}
