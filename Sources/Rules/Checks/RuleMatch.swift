import CEL
import ClusterGraph
import KubernetesObjects
import NameMatching

/// Which objects something is about, as far as it is told without a look at their fields.
struct RuleMatch: Sendable {
  /// Empty for all.
  var kinds: [ObjectKind] = []
  /// Globs, of which those that begin with `!` exclude.
  var namespaces = NameFilter()
  var names = NameFilter()
  var labels = LabelSelector()

  /// How many objects of a cluster it is about; no more than `limit` are counted.
  func count(in graph: ClusterGraph, upTo limit: Int) -> Int {
    guard !takesAll else { return kinds.reduce(0) { $0 + graph.objectCount(of: $1) } }
    var count = 0
    for key in kinds.lazy.flatMap({ graph.keys(of: $0) }) where count < limit {
      if let metadata = graph.record(key)?.metadata, includes(key.kind, metadata) { count += 1 }
    }
    return count
  }

  private var takesAll: Bool { namespaces.isEmpty && names.isEmpty && labels == LabelSelector() }

  func includes(_ kind: ObjectKind, _ metadata: ObjectMetadata) -> Bool {
    (kinds.isEmpty || kinds.contains(kind)) && namespaces.includes(metadata.namespace)
      && names.includes(metadata.name) && labels.matches(metadata.labels)
  }
}

/// Globs of names, of which those that begin with `!` exclude.
package struct NameFilter: Sendable {
  private var wanted: [NamePattern] = []
  private var unwanted: [NamePattern] = []

  package init() {}

  /// Adds a pattern; tells what is wrong with it.
  package mutating func add(_ text: String) -> String? {
    let isExclusion = text.hasPrefix("!")
    let pattern = NamePattern(isExclusion ? String(text.dropFirst()) : text)
    if isExclusion { unwanted.append(pattern) } else { wanted.append(pattern) }
    return pattern.problem
  }

  var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

  package func includes(_ name: String) -> Bool {
    (wanted.isEmpty || wanted.contains { $0.matches(name) })
      && !unwanted.contains { $0.matches(name) }
  }
}
