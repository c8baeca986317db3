package import ClusterGraph
package import Inspection
package import KubernetesObjects

/// The findings about one object, those that are muted left out.
package struct FindingsSummary: Sendable, Equatable {
  package let worst: Finding
  package let count: Int

  package init(worst: Finding, count: Int) {
    self.worst = worst
    self.count = count
  }
}

/// A part of the objects of one kind in one cluster, as a list on the screen shows them.
package struct ClusterRows: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let key: ObjectKey
    package let uid: ObjectUID
    /// The version that the graph knows.
    package let resourceVersion: String
    package let creationTimestamp: Timestamp?
    package let isTerminating: Bool
    /// What is wrong with the object; `nil` where nothing is.
    package let findings: FindingsSummary?
    /// By what it is sorted.
    package let place: RowPlace

    package init(
      key: ObjectKey,
      uid: ObjectUID,
      resourceVersion: String,
      creationTimestamp: Timestamp?,
      isTerminating: Bool = false,
      findings: FindingsSummary? = nil,
      place: RowPlace? = nil
    ) {
      self.key = key
      self.uid = uid
      self.resourceVersion = resourceVersion
      self.creationTimestamp = creationTimestamp
      self.isTerminating = isTerminating
      self.findings = findings
      self.place = place ?? RowPlace(namespace: key.namespace, name: key.name)
    }
  }

  /// The rows at the positions that were asked for, as far as there are any.
  package let rows: [Row]
  /// How many rows there are in all.
  package let count: Int
  /// How many there would be without a filter.
  package let countWithoutFilter: Int
  /// Where the object stands now that was asked about; `nil` where it is not among the rows.
  package let position: Int?
  /// Whether the ranks by which they are to be sorted are known.
  package let isRanked: Bool
}
