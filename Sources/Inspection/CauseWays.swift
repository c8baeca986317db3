import KubernetesObjects

/// What the checks say of explaining each other, by check.
struct CauseWays {
  /// How those that are explained lead to where they meet what explains them, and which they are.
  struct Way: Hashable {
    let down: [Relation]
    let consequences: Explanation.Consequences
    let isOfAlike: Bool
    let isAnywhere: Bool

    init(_ explanation: Explanation) {
      down = explanation.down
      consequences = explanation.consequences
      isOfAlike = explanation.isOfAlike
      isAnywhere = explanation.isAnywhere
    }

    /// The same in each program that says the same of it.
    var text: String {
      let marks = (isOfAlike ? "alike" : "") + (isAnywhere ? " anywhere" : "")
      return "\(down.map { "\($0)" }.joined(separator: "<")) \(consequences.text) \(marks)"
    }
  }

  /// A way by its place among all of them.
  typealias Number = Int

  /// Ways that lead to the same, whatever else tells them apart.
  typealias Path = (down: [Relation], ways: [Number])

  let ways: [Way]
  private let explanations: [CheckID: [(Explanation, Number)]]

  init(_ checks: [any Check]) {
    var numbers: [Way: Number] = [:]
    var ways: [Way] = []
    explanations = Dictionary(
      checks.lazy.filter { !$0.explains.isEmpty }.map { check in
        let numbered = check.explains.map { explanation in
          let way = Way(explanation)
          let number = numbers[way] ?? ways.count
          if number == ways.count {
            numbers[way] = number
            ways.append(way)
          }
          return (explanation, number)
        }
        return (check.id, numbered)
      },
      uniquingKeysWith: { first, _ in first }
    )
    self.ways = ways
  }

  /// What a check's findings explain, and by which ways.
  func explanations(of check: CheckID) -> [(Explanation, Number)] { explanations[check] ?? [] }

  /// Whether a check's findings explain any others, or any may explain them.
  func isRelevant(_ check: CheckID) -> Bool {
    explanations[check] != nil || ways.contains { $0.consequences.include(check) }
  }

  func isOfAlike(_ way: Number) -> Bool { ways[way].isOfAlike }

  func isAnywhere(_ way: Number) -> Bool { ways[way].isAnywhere }

  /// The ways by which something may explain a check's findings, those together that lead to the same.
  func paths(to check: CheckID) -> [Path] {
    var found: [[Relation]: [Number]] = [:]
    for (number, way) in ways.enumerated() where way.consequences.include(check) {
      found[way.down, default: []].append(number)
    }
    return found.map { ($0.key, $0.value) }
  }
}

extension Explanation.Consequences {
  /// The same for the same consequences in each program.
  fileprivate var text: String {
    switch self {
    case .all: "all"
    case .shapes(let shapes): shapes.map(\.rawValue).sorted().joined(separator: ",")
    case .checks(let checks): checks.map(\.description).sorted().joined(separator: ",")
    case .allBut(let check): "not \(check)"
    }
  }
}
