/// Lets records share the values that they have in common: the owners of one ReplicaSet's Pods, the
/// name of a Node.
///
/// It remembers what it met lately, no more than ``limit`` values of a type, and forgets without
/// harm: values that nobody holds any more are freed as ever.
package struct SharingPool: Sendable {
  static let limit = 4096

  private var strings = RecentValues<String>()
  private var stringLists = RecentValues<[String]>()
  private var owners = RecentValues<[OwnerReference]>()
  private var labels = RecentValues<Labels>()

  package init() {}

  /// Makes `text` share its storage with an equal one; short strings have none.
  mutating func share(_ text: inout String) {
    guard text.utf8.count > 15 else { return }
    strings.share(&text)
  }

  mutating func share(_ texts: inout [String]) {
    guard !texts.isEmpty else { return }
    stringLists.share(&texts)
  }

  mutating func share(_ references: inout [OwnerReference]) {
    guard !references.isEmpty else { return }
    owners.share(&references)
  }

  mutating func share(_ labels: inout Labels) {
    guard !labels.isEmpty else { return }
    self.labels.share(&labels)
  }
}

/// Values met lately, each in the slot that its hash decides.
private struct RecentValues<Value: Hashable & Sendable>: Sendable {
  private var slots: [Value?] = []
  /// How many values found their slot taken by another since the table grew.
  private var collisions = 0

  mutating func share(_ value: inout Value) {
    if slots.isEmpty { slots = Array(repeating: nil, count: 16) }
    let slot = value.hashValue & (slots.count - 1)
    if let known = slots[slot] {
      if known == value {
        value = known
        return
      }
      collisions += 1
      if collisions > slots.count, slots.count < SharingPool.limit { grow() }
    }
    slots[value.hashValue & (slots.count - 1)] = value
  }

  private mutating func grow() {
    let values = slots.compactMap(\.self)
    slots = Array(repeating: nil, count: slots.count * 4)
    collisions = 0
    for value in values { slots[value.hashValue & (slots.count - 1)] = value }
  }
}
