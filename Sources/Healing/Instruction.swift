/// What a person is told to do by hand: words, and commands of kubectl.
///
/// The commands name the context that leads to the cluster, which is known only where they are shown:
/// `"\(kubectl: "uncordon node-1"); its Pods do not come back"`.
package struct Instruction: Sendable, Equatable {
  fileprivate enum Part: Sendable, Equatable {
    case words(String)
    case kubectl(String)
  }

  private let parts: [Part]

  package init(_ words: String) { parts = [.words(words)] }

  /// The same for whoever reaches the cluster by a context.
  package func text(context: String) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .kubectl(let command): HealStep.kubectl(command, context: context)
      }
    }.joined()
  }
}

extension Instruction: ExpressibleByStringInterpolation {
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.words(literal)) }
    }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.words(value.description))
    }

    /// A command of kubectl without its context: `uncordon node-1`.
    package mutating func appendInterpolation(kubectl command: String) {
      parts.append(.kubectl(command))
    }

    /// Several commands of kubectl, one after the other.
    package mutating func appendInterpolation(kubectl commands: [String]) {
      for (index, command) in commands.enumerated() {
        if index > 0 { parts.append(.words("; ")) }
        parts.append(.kubectl(command))
      }
    }
  }

  package init(stringLiteral words: String) { self.init(words) }

  package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }
}
