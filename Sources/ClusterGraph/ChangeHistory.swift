package import KubernetesObjects

/// What changed lately in a cluster, for "why now": a ring of the last changes.
///
/// It keeps the records before and after, which cost nothing until a change is looked at: the
/// newer one is in the graph anyway. A full ring of 16,384 changes of Pods takes some 12 MB.
package struct ChangeHistory: Sendable {
  /// One change of an object.
  package struct Entry: Sendable {
    package let time: Timestamp
    package let key: ObjectKey
    /// `nil` where the object came.
    package let old: (any ObjectRecord)?
    /// `nil` where the object went.
    package let new: (any ObjectRecord)?
    /// Who wrote; empty where that is not known.
    package let manager: String
  }

  package static let capacity = 16_384

  private let capacity: Int
  private var ring: [Entry] = []
  /// Where the next entry goes once the ring is full.
  private var next = 0

  package init(capacity: Int = Self.capacity) { self.capacity = capacity }

  package var count: Int { ring.count }

  mutating func append(_ entry: Entry) {
    if ring.count < capacity {
      ring.append(entry)
    } else {
      ring[next] = entry
      next = (next + 1) % capacity
    }
  }

  /// The changes of these objects, newest first, `limit` at most.
  package func changes(of keys: Set<ObjectKey>, limit: Int) -> [Entry] {
    var found: [Entry] = []
    for distance in 1...max(1, ring.count) where !ring.isEmpty {
      let entry = ring[(next - distance + ring.count * 2) % ring.count]
      guard keys.contains(entry.key) else { continue }
      found.append(entry)
      if found.count == limit { break }
    }
    return found
  }
}
