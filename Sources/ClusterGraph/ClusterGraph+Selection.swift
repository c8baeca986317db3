package import KubernetesObjects

/// Edges by labels: an object that selects others has one to each that its selectors match.
extension ClusterGraph {
  /// The kinds whose objects are selected by their labels.
  private static let selectableKinds: Set<ObjectKind> = [PersistentVolumeClaim.kind, Pod.kind]

  /// Takes in what a changed object selects, and who selects it; `nil` where it is not there.
  mutating func select(
    _ handle: Handle,
    from old: (any ObjectRecord)?,
    to new: (any ObjectRecord)?,
    touching touched: inout Set<Handle>
  ) {
    guard let record = new ?? old else { return }
    if Self.selectableKinds.contains(record.kind), old?.metadata.labels != new?.metadata.labels {
      relabel(
        handle,
        in: place(record.kind, record.metadata.namespace),
        from: old?.metadata.labels,
        to: new?.metadata.labels,
        &touched
      )
    }
    let selections = new?.selections ?? []
    guard selections != old?.selections ?? [] else { return }
    reselect(handle, in: record.metadata.namespace, by: selections, &touched)
  }

  /// Changes who selects an object whose labels changed.
  private mutating func relabel(
    _ object: Handle,
    in place: SelectionIndex.Place,
    from old: Labels?,
    to new: Labels?,
    _ touched: inout Set<Handle>
  ) {
    selections.file(object, in: place, from: old, to: new)
    noteAsPeer(object, in: place, from: old, to: new, &touched)
    var before: Set<Handle> = []
    self[object].incoming.forEach { relation, holder in
      if relation == .selection { before.insert(holder) }
    }
    let after = new.map { selections.holders(selecting: $0, in: place) } ?? []
    for holder in before.union(after) {
      selections.note(object, labels: new, in: place, of: holder)
    }
    for holder in before.subtracting(after) {
      self[object].incoming.remove(.selection, from: holder)
    }
    for holder in after.subtracting(before) {
      self[object].incoming.insert(.selection, from: holder)
    }
    let difference = before.symmetricDifference(after)
    guard !difference.isEmpty else { return }
    touched.formUnion(difference)
    touched.insert(object)
  }

  /// Touches those of whose peers the object is the first, or was the last.
  private mutating func noteAsPeer(
    _ object: Handle,
    in place: SelectionIndex.Place,
    from old: Labels?,
    to new: Labels?,
    _ touched: inout Set<Handle>
  ) {
    let holders = [old, new].compactMap(\.self).reduce(into: Set<Handle>()) { holders, labels in
      holders.formUnion(selections.holders(selecting: labels, in: place, asPeer: true))
    }
    for holder in holders {
      let before = selections.emptyPeerEntries(of: holder).count
      selections.note(object, labels: new, in: place, of: holder)
      // One of two may have become empty just when the other got its first.
      let after = selections.emptyPeerEntries(of: holder).count
      if before != after || before > 0 { touched.insert(holder) }
    }
  }

  /// Whether a selector of an object's peers selects anything in a namespace.
  package func hasPeers(_ holder: Handle, _ selector: LabelSelector, in namespace: String) -> Bool {
    !selections.emptyPeerEntries(of: holder).contains {
      $0.selector == selector && $0.place.namespace == namespace
    }
  }

  /// Changes what an object selects whose selectors changed.
  private mutating func reselect(
    _ holder: Handle,
    in namespace: String,
    by newSelections: [Selection],
    _ touched: inout Set<Handle>
  ) {
    let before = selected(by: holder)
    let entries = newSelections.map {
      SelectionIndex.Entry(
        place: place($0.kind, $0.namespace ?? namespace),
        selector: $0.selector,
        isOfPeers: $0.isOfPeers
      )
    }
    selections.setEntries(of: holder, to: entries, in: store)
    let after = selected(by: holder)
    for object in before.subtracting(after) {
      self[object].incoming.remove(.selection, from: holder)
    }
    for object in after.subtracting(before) {
      self[object].incoming.insert(.selection, from: holder)
    }
    let difference = before.symmetricDifference(after)
    touched.formUnion(difference)
    // Those who select the same see whom they share it with.
    for object in difference {
      self[object].incoming.forEach { relation, other in
        if relation == .selection { touched.insert(other) }
      }
    }
  }

  /// Whether `holder` selects any object for which `isWanted` holds; looks no further than that one.
  package func selects(_ holder: Handle, where isWanted: (any ObjectRecord) -> Bool) -> Bool {
    selectsVertex(holder) { record(of: $0).map(isWanted) ?? false }
  }

  private func selectsVertex(_ holder: Handle, where isWanted: (Handle) -> Bool) -> Bool {
    selections.entries(of: holder).contains { $0.members.contains(where: isWanted) }
  }

  /// Whether an object of `kind` selects any of what `holder` selects.
  package func sharesSelection(_ holder: Handle, with kind: ObjectKind) -> Bool {
    selectsVertex(holder) { object in
      self[object].incoming.contains(.selection) { self.kind(of: $0) == kind }
    }
  }

  /// The object of `kind` that `holder` has selected for longest; an arbitrary one, but always the same.
  package func firstSelected(by holder: Handle, _ kind: ObjectKind) -> Handle? {
    var first: Handle?
    _ = selectsVertex(holder) { object in
      if first.map({ object.position < $0.position }) ?? true, self.kind(of: object) == kind {
        first = object
      }
      return false
    }
    return first
  }

  /// The objects that one selects by their labels.
  func selected(by holder: Handle) -> Set<Handle> {
    selections.entries(of: holder).reduce(into: []) { $0.formUnion($1.members) }
  }

  private mutating func place(_ kind: ObjectKind, _ namespace: String) -> SelectionIndex.Place {
    SelectionIndex.Place(kind: index(of: kind), namespace: namespace)
  }
}
