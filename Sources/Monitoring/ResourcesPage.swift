package import ClusterGraph
package import KubernetesObjects

/// An object of one of the clusters.
package struct ClusterObject: Hashable, Sendable {
  package let cluster: String
  package let key: ObjectKey

  package init(cluster: String, key: ObjectKey) {
    self.cluster = cluster
    self.key = key
  }
}

/// Which objects a screen wants to see, of one cluster or of all.
package struct ResourcesQuery: Sendable, Equatable {
  /// Only this cluster's; `nil` for all.
  package var cluster: String?
  package var rows: RowQuery
  package var offset: Int
  package var limit: Int
  /// The object whose place is wanted, so that a selection can follow it.
  package var locating: ClusterObject?

  package init(
    _ rows: RowQuery,
    cluster: String? = nil,
    offset: Int = 0,
    limit: Int = 100,
    locating: ClusterObject? = nil
  ) {
    self.cluster = cluster
    self.rows = rows
    self.offset = offset
    self.limit = limit
    self.locating = locating
  }
}

/// A window of the objects of one kind, of one cluster or of several.
package struct ResourcesPage: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let cluster: String
    package let object: ClusterRows.Row

    package init(cluster: String, object: ClusterRows.Row) {
      self.cluster = cluster
      self.object = object
    }

    package var id: ClusterObject { ClusterObject(cluster: cluster, key: object.key) }
  }

  /// How the kind can be seen in a cluster.
  package enum Visibility: Sendable, Equatable {
    case seen
    /// In these namespaces alone.
    case seenIn([String])
    /// It is being listed.
    case pending
    case notServed
    case unseen(String)
  }

  package var rows: [Row] = []
  /// The place of the first row among all.
  package var offset = 0
  /// How many rows there are in all.
  package var count = 0
  /// How many there would be without a filter.
  package var countWithoutFilter = 0
  /// Where the object stands that was to be located.
  package var locatedIndex: Int?
  /// Whether the ranks by which the rows are to be sorted are known.
  package var isRanked = true
  /// Which objects of the kind are followed, as a field selector; empty where all are.
  package var fieldSelector = ""
  /// How each cluster shows the kind, in the order of the clusters.
  package var visibility: [(cluster: String, context: String, visibility: Visibility)] = []
  /// When the page was made; ages are counted to here.
  package var now = Timestamp(millisecondsSince1970: 0)

  package init() {}

  package static func == (left: Self, right: Self) -> Bool {
    left.rows == right.rows && left.offset == right.offset && left.count == right.count
      && left.countWithoutFilter == right.countWithoutFilter
      && left.locatedIndex == right.locatedIndex && left.isRanked == right.isRanked
      && left.fieldSelector == right.fieldSelector
      && left.visibility.elementsEqual(right.visibility, by: ==) && left.now == right.now
  }
}
