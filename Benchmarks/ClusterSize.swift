/// How large the clusters are that are measured.
struct ClusterSize: Sendable, Equatable {
  /// How the table calls it: `1/10`.
  let name: String
  let nodes: Int
  let pods: Int

  static let tenth = ClusterSize(name: "1/10", nodes: 1_000, pods: 10_000)
  static let fifth = ClusterSize(name: "1/5", nodes: 2_000, pods: 20_000)
  static let third = ClusterSize(name: "1/3", nodes: 3_300, pods: 33_000)
  static let full = ClusterSize(name: "full", nodes: 10_000, pods: 100_000)

  /// The Deployments and Services of a bulk world, each with one for ten Pods.
  var others: Int { pods / 5 }
  /// How many objects there are, up to a hundred.
  var objects: Int { nodes + pods + others }

  var description: String { "\(nodes) Nodes, \(pods) Pods and \(others) others" }
}
