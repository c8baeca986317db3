import KubernetesObjects

/// What the checks say of explaining each other, by check.
struct CauseWays {
  private let explanations: [CheckID: [Explanation]]
  /// The ways down that lead to a check's findings, shortest first, as far as they were asked for.
  private var ways: [CheckID: [[Relation]]] = [:]

  init(_ checks: [any Check]) {
    explanations = Dictionary(
      checks.lazy.map { ($0.id, $0.explains) }.filter { !$0.1.isEmpty },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// What a check's findings explain.
  func explanations(of check: CheckID) -> [Explanation] { explanations[check] ?? [] }

  /// Whether a check's findings explain any others, or any may explain them.
  mutating func isRelevant(_ check: CheckID) -> Bool {
    explanations[check] != nil || !down(to: check).isEmpty
  }

  /// The ways down over which something may explain a check's findings.
  mutating func down(to check: CheckID) -> [[Relation]] {
    if let known = ways[check] { return known }
    let explaining = explanations.values.joined().filter {
      $0.consequences.include(check) && !$0.isAnywhere
    }
    let found = Set(explaining.map(\.down)).sorted { $0.count < $1.count }
    ways[check] = found
    return found
  }
}
