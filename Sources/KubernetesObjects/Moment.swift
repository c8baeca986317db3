/// Something that happened to an object and that a check counts; the objects themselves tell only how
/// they are now.
package struct Moment: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// A Node became ready, or no longer was.
    case readinessChange
    /// A container of a Pod was started again.
    case restart
    /// What an Event tells of happened once more.
    case recurrence
  }

  package let kind: Kind
  package let time: Timestamp

  package init(_ kind: Kind, at time: Timestamp) {
    self.kind = kind
    self.time = time
  }
}
