import WireFormats

/// Lets records share the values that they have in common: the owners of one ReplicaSet's Pods, the
/// name of a Node.
///
/// It remembers what it met lately, no more than ``limit`` values of a type, and forgets without
/// harm: values that nobody holds any more are freed as ever.
package struct SharingPool: Sendable {
  static let limit = 16_384

  /// What strings were read lately.
  var recentTexts = RecentTexts()
  private var strings = RecentValues<String>()
  private var stringLists = RecentValues<[String]>()
  var readOwners = RecentReadings<[OwnerReference]>()
  private var labels = RecentValues<Labels>()
  private var templates = RecentValues<SharedValue<PodTemplate>>()
  private var readTemplates = RecentReadings<SharedValue<PodTemplate>>()
  private var statuses = RecentValues<[ContainerStatus]>()
  private var ports = RecentValues<[Container.Port]>()
  private var tolerations = RecentValues<[Toleration]>()
  private var projections = RecentValues<ProjectedFields>()
  /// Annotations that are kept of objects besides those that checks read.
  var keptAnnotations: Set<String> = []

  package init() {}

  /// Takes all out, so that whoever goes on with it is its only owner.
  package mutating func take() -> SharingPool {
    defer { self = SharingPool() }
    return self
  }

  /// Makes `text` share its storage with an equal one; short strings have none.
  mutating func share(_ text: inout String) {
    guard text.utf8.count > 15 else { return }
    strings.share(&text)
  }

  mutating func share(_ texts: inout [String]) {
    guard !texts.isEmpty else { return }
    stringLists.share(&texts)
  }

  mutating func share(_ labels: inout Labels) {
    guard !labels.isEmpty, !self.labels.find(&labels) else { return }
    labels.share(by: &self)
    self.labels.insert(labels)
  }
}

extension SharingPool {
  /// Makes `template` the equal one that is remembered, or what it holds equal parts of others.
  mutating func share(_ template: inout SharedValue<PodTemplate>) {
    guard !templates.find(&template) else { return }
    var parts = template.wrappedValue
    parts.share(by: &self)
    template.wrappedValue = parts
    templates.insert(template)
  }

  mutating func share(_ ports: inout [Container.Port]) {
    guard !ports.isEmpty else { return }
    self.ports.share(&ports)
  }

  mutating func share(_ tolerations: inout [Toleration]) {
    guard !tolerations.isEmpty else { return }
    self.tolerations.share(&tolerations)
  }

  mutating func share(_ fields: inout ProjectedFields) { projections.share(&fields) }

  /// The template that was read from bytes with this digest, if that is not long ago.
  func template(madeFrom digest: TemplateDigest) -> SharedValue<PodTemplate>? {
    readTemplates[digest.bytes]
  }

  /// The same as for other values; remembers, too, what it was read from.
  mutating func share(
    _ template: inout SharedValue<PodTemplate>,
    madeFrom digest: TemplateDigest
  ) {
    share(&template)
    readTemplates[digest.bytes] = template
  }

  mutating func share(_ statuses: inout [ContainerStatus]) {
    guard !statuses.isEmpty else { return }
    self.statuses.share(&statuses)
  }
}

/// Values met lately, each in one of the few neighbouring slots that its hash decides.
private struct RecentValues<Value: Hashable & Sendable>: Sendable {
  /// How many values with one hash are remembered: with one place for each, two values that come again
  /// and again would drive each other out for ever.
  private static var neighbours: Int { 4 }

  private var slots: [Value?] = []
  /// How many values found all their slots taken by others since the table grew.
  private var collisions = 0
  /// Which neighbour is driven out next.
  private var turn = 0

  /// Makes `value` the equal one that is remembered, or remembers it.
  mutating func share(_ value: inout Value) {
    if !find(&value) { insert(value) }
  }

  /// Makes `value` the equal one that is remembered; false where none is.
  func find(_ value: inout Value) -> Bool {
    guard !slots.isEmpty else { return false }
    for slot in neighbours(of: value) {
      guard let known = slots[slot], known == value else { continue }
      value = known
      return true
    }
    return false
  }

  /// Remembers a value that is not remembered yet.
  mutating func insert(_ value: Value) {
    if slots.isEmpty { slots = Array(repeating: nil, count: 16) }
    let free = neighbours(of: value).first { slots[$0] == nil }
    if free == nil {
      collisions += 1
      turn = (turn + 1) % Self.neighbours
      if collisions > slots.count, slots.count < SharingPool.limit { grow() }
    }
    slots[free ?? (value.hashValue &+ turn) & (slots.count - 1)] = value
  }

  /// Where a value may be remembered.
  private func neighbours(of value: Value) -> some Sequence<Int> {
    let (hash, mask) = (value.hashValue, slots.count - 1)
    return (0..<Self.neighbours).lazy.map { (hash &+ $0) & mask }
  }

  private mutating func grow() {
    let values = slots.compactMap(\.self)
    slots = Array(repeating: nil, count: slots.count * 4)
    collisions = 0
    for value in values { slots[value.hashValue & (slots.count - 1)] = value }
  }
}
