package import KubernetesObjects

/// What is kept of objects besides their records, and the references that are read from it.
///
/// It is kept apart from the records: most clusters have none of it, and those that have it have it of a few
/// kinds.
struct ProjectionStore: Sendable {
  struct Entry: Sendable {
    var fields: ProjectedFields
    var previous: ProjectedFields?
  }

  var entries: [Handle: Entry] = [:]
  /// Objects of which other fields are to be kept since they were read; those of which more is.
  var outdated: Set<Handle> = []
  var incomplete: Set<Handle> = []
  var extensions: [ObjectKind: KindExtension] = [:]
}

extension ClusterGraph {
  /// What is kept of an object besides its record.
  package func projectedFields(of handle: Handle) -> ProjectedFields? {
    projections.entries[handle]?.fields
  }

  /// The same as it was before the object's last change, where that is remembered.
  package func previousFields(of handle: Handle) -> ProjectedFields? {
    projections.entries[handle]?.previous
  }

  /// What is known of `kind` besides; it takes effect on objects that come from now on, and on the references
  /// of those that are there.
  package mutating func setExtension(
    of kind: ObjectKind,
    to new: KindExtension?,
    touching touched: inout HandleSet
  ) {
    let old = projections.extensions[kind]
    guard old != new else { return }
    projections.extensions[kind] = new
    noteOutdated(kind, from: old?.projection, to: new?.projection)
    guard old?.references ?? [] != new?.references ?? [] else { return }
    for handle in state(of: kind)?.objects ?? [] {
      guard let record = record(of: handle) else { continue }
      connect(
        handle,
        to: declaredReferences(of: handle, record.key),
        over: RelationSet(.declared),
        &touched
      )
    }
  }

  /// Notes of which objects other fields are to be kept: that they come to differ is no change of theirs.
  private mutating func noteOutdated(
    _ kind: ObjectKind,
    from old: FieldProjection?,
    to new: FieldProjection?
  ) {
    guard let old, let new, old != new else { return }
    var both = old
    both.formUnion(new)
    let handles = (state(of: kind)?.objects ?? []).filter { projections.entries[$0] != nil }
    projections.outdated.formUnion(handles)
    if both != old { projections.incomplete.formUnion(handles) }
  }

  /// Touches all objects of a kind: something else looks at them now.
  package func touchObjects(of kind: ObjectKind, touching touched: inout HandleSet) {
    for handle in state(of: kind)?.objects ?? [] { touched.insert(handle) }
  }

  /// How many objects of a kind there are.
  package func objectCount(of kind: ObjectKind) -> Int { state(of: kind)?.objects.count ?? 0 }

  /// What an object names by fields that are kept besides its record.
  func declaredReferences(of handle: Handle, _ key: ObjectKey) -> [Reference] {
    guard let fields = projections.entries[handle]?.fields,
      let references = projections.extensions[key.kind]?.references
    else { return [] }
    return references.flatMap { $0.references(of: fields, in: key.namespace) }
  }

  /// Takes in what is kept of an object besides its record; tells whether that differs from what was there.
  ///
  /// `isOther` is whether it is another object than the one before, of the same name; `isUnchanged` is asked
  /// whether nothing of the object has changed.
  mutating func setProjection(
    _ fields: ProjectedFields?,
    of handle: Handle,
    _ kind: ObjectKind,
    isOther: Bool,
    isUnchanged: () -> Bool
  ) -> Bool {
    guard fields != nil || !projections.entries.isEmpty else { return false }
    let old = projections.entries[handle]
    let isOutdated = projections.outdated.remove(handle) != nil
    let isIncomplete = projections.incomplete.remove(handle) != nil
    guard old?.fields != fields || isIncomplete && old?.previous != nil else { return false }
    var previous: ProjectedFields?
    // What was read before has not all fields that there are to compare now.
    if projections.extensions[kind]?.remembersPrevious == true, !isIncomplete, !isOther {
      previous = isOutdated && isUnchanged() ? old?.previous : old?.fields
    }
    projections.entries[handle] = fields.map {
      ProjectionStore.Entry(fields: $0, previous: previous)
    }
    return true
  }

  /// Sees to what follows from other fields that are kept of an object: what it names by them, and who reads
  /// them.
  mutating func takeInProjection(of handle: Handle, _ key: ObjectKey, _ touched: inout HandleSet) {
    let extended = projections.extensions[key.kind]
    if extended?.references.isEmpty == false {
      let declared = declaredReferences(of: handle, key)
      connect(handle, to: declared, over: RelationSet(.declared), &touched)
    }
    if extended?.isReadByNeighbours == true {
      touchNeighbourhood(of: handle, over: .all, &touched)
    } else {
      touched.insert(handle)
    }
  }
}
