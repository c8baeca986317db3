/// A check's stable name, its shape first, as in `dangling/pod-node`.
///
/// People mute and script by it.
package struct CheckID: Hashable, Sendable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let description: String

  package init(stringLiteral text: String) { description = text }

  package static func < (left: Self, right: Self) -> Bool {
    left.description < right.description
  }

  /// The part before the slash; `nil` where it names no shape.
  package var shape: Shape? {
    description.split(separator: "/").first.flatMap { Shape(rawValue: String($0)) }
  }
}

/// The name of a way to heal, as `Healing` knows it.
package struct RemedyID: Hashable, Sendable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let description: String

  package init(stringLiteral text: String) { description = text }

  package static func < (left: Self, right: Self) -> Bool {
    left.description < right.description
  }
}
