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
  mutating func setProjection(
    _ fields: ProjectedFields?,
    of handle: Handle,
    _ kind: ObjectKind
  ) -> Bool {
    guard fields != nil || !projections.entries.isEmpty else { return false }
    let old = projections.entries[handle]
    guard old?.fields != fields else { return false }
    let remembers = projections.extensions[kind]?.remembersPrevious ?? false
    projections.entries[handle] = fields.map {
      ProjectionStore.Entry(fields: $0, previous: remembers ? old?.fields : nil)
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
