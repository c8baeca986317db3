import CEL
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

  package func includes(_ name: String) -> Bool {
    (wanted.isEmpty || wanted.contains { $0.matches(name) })
      && !unwanted.contains { $0.matches(name) }
  }
}
