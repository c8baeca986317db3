package import Inspection
package import KubernetesObjects

/// A part of the objects of one kind, as a list on the screen shows them.
package struct ResourcePage: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let key: ObjectKey
    package let creationTimestamp: Timestamp?
    package let isTerminating: Bool
    /// The severity of the worst finding about the object; `nil` where there is none.
    package let worstFinding: Severity?
  }

  /// The rows at the positions that were asked for, as far as there are any.
  package let rows: [Row]
  /// How many rows there are in all.
  package let count: Int
  /// Where the object stands now that was asked about; `nil` where it is not among the rows.
  package let position: Int?
}
