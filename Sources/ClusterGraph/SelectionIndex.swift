import KubernetesObjects

/// Who selects whom by labels, found without looking at all.
///
/// A selector is filed under labels of which whatever it selects has one, its anchors; labelled
/// objects are filed under each of their labels. So a new selector looks at the objects of its
/// rarest label, and an object with new labels at the selectors that are filed under these. The few
/// selectors without anchors are looked at for every object of their namespace.
struct SelectionIndex: Sendable {
  /// A kind's objects in one namespace; of a kind that has namespaces, in all for an empty name.
  struct Place: Hashable, Sendable {
    let kind: KindIndex
    let namespace: String

    /// The kind's objects, wherever they are.
    var anywhere: Place { Place(kind: kind, namespace: "") }
  }

  /// One selector of an object, and what it selects.
  struct Entry: Sendable {
    let place: Place
    let selector: LabelSelector
    /// Which namespaces are meant, where the place is not one.
    var namespaces: LabelSelector?
    /// Whether only the number of its members matters.
    var isOfPeers = false
    var members: PackedHandleSet = []
  }

  /// A label in a place, as its hash: what is found under it is compared in full.
  private typealias LabelHash = Int

  private var objectsByLabel: [LabelHash: SmallHandleSet] = [:]
  private var objectsByPlace: [Place: SmallHandleSet] = [:]
  private var selectorsByLabel: [LabelHash: SmallHandleSet] = [:]
  private var unanchored: [Place: SmallHandleSet] = [:]
  private var entriesByHolder: [Handle: [Entry]] = [:]

  /// How many objects have selectors of peers.
  private var peerHolderCount = 0
  /// The objects that select by the labels of namespaces.
  private var holdersAnywhere: Set<Handle> = []
  private var namespaceLabels: [String: Labels] = [:]

  /// The selectors of an object, with what they select, those of peers left out.
  func entries(of holder: Handle) -> [Entry] {
    let all = entriesByHolder[holder] ?? []
    return all.contains(where: \.isOfPeers) ? all.filter { !$0.isOfPeers } : all
  }

  /// The selectors of peers that select nothing.
  func emptyPeerEntries(of holder: Handle) -> [Entry] {
    (entriesByHolder[holder] ?? []).filter { $0.isOfPeers && $0.members.isEmpty }
  }
}

// MARK: - Labelled objects

extension SelectionIndex {
  /// Files an object under its labels instead of its old ones; `nil` where it is not there.
  mutating func file(_ object: Handle, in place: Place, from old: Labels?, to new: Labels?) {
    if old == nil, new != nil { objectsByPlace[place, default: SmallHandleSet()].insert(object) }
    if new == nil { objectsByPlace.removeHandle(object, at: place) }
    let hash = Self.hashing(in: place)
    for label in old?.all ?? [] where new?.contains(label) != true {
      objectsByLabel.removeHandle(object, at: hash(label))
    }
    for label in new?.all ?? [] where old?.contains(label) != true {
      objectsByLabel[hash(label), default: SmallHandleSet()].insert(object)
    }
  }

  /// Whether any object has peers.
  var hasPeerHolders: Bool { peerHolderCount > 0 }

  /// Who selects an object with these labels, each once; or has it for a peer.
  func holders(
    selecting labels: Labels,
    in place: Place,
    asPeer isOfPeers: Bool = false
  ) -> [Handle] {
    var candidates: [Handle] = []
    func addCandidates(in place: Place) {
      let hash = Self.hashing(in: place)
      for label in labels.all { selectorsByLabel[hash(label)]?.forEach { candidates.append($0) } }
      unanchored[place]?.forEach { candidates.append($0) }
    }
    addCandidates(in: place)
    if isOfPeers, !holdersAnywhere.isEmpty, place != place.anywhere {
      addCandidates(in: place.anywhere)
    }
    candidates.sort { $0.index < $1.index }
    var last: Handle?
    return candidates.filter { candidate in
      defer { last = candidate }
      guard candidate != last, let entries = entriesByHolder[candidate] else { return false }
      return entries.contains {
        $0.isOfPeers == isOfPeers && covers($0, place) && $0.selector.matches(labels)
      }
    }
  }

  /// Whether a selector is about the objects of this place.
  private func covers(_ entry: Entry, _ place: Place) -> Bool {
    if entry.place == place { return true }
    guard let namespaces = entry.namespaces, entry.place == place.anywhere else { return false }
    return namespaces.matches(labels(ofNamespace: place.namespace))
  }

  /// The labels of a namespace; its name is one of them, also while it is not known.
  private func labels(ofNamespace name: String) -> Labels {
    namespaceLabels[name] ?? [Namespace.nameLabel: name]
  }

  /// Takes in that `holder` selects `object` from now on, or no longer.
  mutating func note(_ object: Handle, labels: Labels?, in place: Place, of holder: Handle) {
    guard let index = entriesByHolder.index(forKey: holder) else { return }
    // Told beforehand, so that the sets of members are changed where they are.
    let selects = entriesByHolder.values[index].map { entry -> Bool? in
      covers(entry, place) ? labels.map(entry.selector.matches) ?? false : nil
    }
    for (position, selects) in selects.enumerated() {
      switch selects {
      case true?: entriesByHolder.values[index][position].members.insert(object)
      case false?: entriesByHolder.values[index][position].members.remove(object)
      case nil: break
      }
    }
  }
}

// MARK: - Selectors

extension SelectionIndex {
  /// Gives a namespace other labels, `nil` where it is not there; answers who may select other objects
  /// for it.
  mutating func relabelNamespace(_ name: String, to new: Labels?) -> [Handle] {
    let before = labels(ofNamespace: name)
    namespaceLabels[name] = new.map { labels in
      var labels = labels
      labels[Namespace.nameLabel] = name
      return labels
    }
    let after = labels(ofNamespace: name)
    return holdersAnywhere.filter { holder in
      (entriesByHolder[holder] ?? []).contains { entry in
        entry.namespaces.map { $0.matches(before) != $0.matches(after) } ?? false
      }
    }
  }

  /// Finds anew what an object's selectors select.
  mutating func selectAgain(_ holder: Handle, in store: VertexStore) {
    let entries = (entriesByHolder[holder] ?? []).map { entry in
      var entry = entry
      entry.members = []
      return entry
    }
    setEntries(of: holder, to: entries, in: store)
  }

  /// Gives an object other selectors, and finds what they select.
  mutating func setEntries(of holder: Handle, to entries: [Entry], in store: VertexStore) {
    let old = entriesByHolder[holder] ?? []
    for entry in old { unfile(holder, entry) }
    if old.contains(where: \.isOfPeers) { peerHolderCount -= 1 }
    if entries.contains(where: \.isOfPeers) { peerHolderCount += 1 }
    holdersAnywhere.remove(holder)
    if entries.contains(where: { $0.namespaces != nil }) { holdersAnywhere.insert(holder) }
    entriesByHolder[holder] = nil
    guard !entries.isEmpty else { return }
    entriesByHolder[holder] = entries.map { entry in
      var entry = entry
      forEachCandidate(of: entry) { object in
        guard let labels = store.labels(of: object),
          entry.selector.matches(labels)
        else { return }
        entry.members.insert(object)
      }
      return entry
    }
    for entry in entries { file(holder, entry) }
  }

  /// Calls `body` with the objects that an entry may select, each once at least.
  func forEachCandidate(of entry: Entry, _ body: (Handle) -> Void) {
    guard entry.namespaces != nil else {
      return forEachCandidate(of: entry.selector, in: entry.place, body)
    }
    for place in objectsByPlace.keys where place != entry.place && covers(entry, place) {
      forEachCandidate(of: entry.selector, in: place, body)
    }
  }

  private func forEachCandidate(
    of selector: LabelSelector,
    in place: Place,
    _ body: (Handle) -> Void
  ) {
    let rarest = selector.matchLabels.all.min { left, right in
      objectsCount(left, in: place) < objectsCount(right, in: place)
    }
    let anchors = rarest.map { [$0] } ?? selector.anchors
    if anchors.isEmpty {
      objectsByPlace[place]?.forEach(body)
    } else {
      for anchor in anchors { objectsByLabel[Self.hashing(in: place)(anchor)]?.forEach(body) }
    }
  }

  private func objectsCount(_ label: Labels.Label, in place: Place) -> Int {
    objectsByLabel[Self.hashing(in: place)(label)]?.count ?? 0
  }

  private mutating func file(_ holder: Handle, _ entry: Entry) {
    let anchors = entry.selector.anchors
    if anchors.isEmpty { unanchored[entry.place, default: SmallHandleSet()].insert(holder) }
    for anchor in anchors {
      let hash = Self.hashing(in: entry.place)
      selectorsByLabel[hash(anchor), default: SmallHandleSet()].insert(holder)
    }
  }

  private mutating func unfile(_ holder: Handle, _ entry: Entry) {
    let anchors = entry.selector.anchors
    if anchors.isEmpty { unanchored.removeHandle(holder, at: entry.place) }
    for anchor in anchors {
      selectorsByLabel.removeHandle(holder, at: Self.hashing(in: entry.place)(anchor))
    }
  }

  /// Hashes labels in a place, which itself is hashed once.
  private static func hashing(in place: Place) -> (Labels.Label) -> LabelHash {
    var hasher = Hasher()
    hasher.combine(place)
    return { [hasher] label in
      var hasher = hasher
      hasher.combine(label)
      return hasher.finalize()
    }
  }
}

extension Dictionary where Value == SmallHandleSet {
  fileprivate mutating func removeHandle(_ handle: Handle, at key: Key) {
    self[key]?.remove(handle)
    if self[key]?.isEmpty == true { self[key] = nil }
  }
}
