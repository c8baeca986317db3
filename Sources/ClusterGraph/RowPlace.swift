/// Where an object belongs among the rows of a query; it can be compared with those of other clusters.
package struct RowPlace: Hashable, Sendable {
  package let namespace: String
  package let name: String
  /// What the object is sorted by before its name; `nil` where that is nothing, or not known.
  package let number: Int64?

  package init(namespace: String, name: String, number: Int64? = nil) {
    self.namespace = namespace
    self.name = name
    self.number = number
  }

  package func precedes(_ other: RowPlace, in query: RowQuery) -> Bool {
    switch query.order {
    case .namespace:
      return query.isReversed ? other.path < path : path < other.path
    case .name:
      let (own, others) = ((name, namespace), (other.name, other.namespace))
      return query.isReversed ? others < own : own < others
    case .age, .weight, .column:
      guard number != other.number else { return path < other.path }
      guard let number else { return false }
      guard let otherNumber = other.number else { return true }
      return query.isReversed ? number > otherNumber : number < otherNumber
    }
  }

  private var path: (String, String) { (namespace, name) }
}
