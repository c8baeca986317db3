package import KubernetesObjects

/// What a user's own expression says of whether the findings about an object are a team's.
package struct OwnershipCondition: Sendable, Equatable {
  /// What is asked about.
  package struct Question: Sendable {
    package let check: CheckID
    package let object: ObjectKey
    /// `nil` for an object that is not there.
    package let own: ObjectMetadata?
    package let ofNamespace: ObjectMetadata?
  }

  /// The expression as it was written.
  package let text: String
  /// The annotations that it reads.
  package let annotations: Set<String>
  let holds: @Sendable (Question) -> Bool

  package init(
    _ text: String,
    annotations: Set<String> = [],
    holds: @escaping @Sendable (Question) -> Bool
  ) {
    self.text = text
    self.annotations = annotations
    self.holds = holds
  }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }
}
