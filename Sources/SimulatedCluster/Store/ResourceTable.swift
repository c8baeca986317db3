/// The objects of one resource, sorted by path, and their latest changes.
struct ResourceTable: Sendable {
  private(set) var objects: [StoredObject] = []
  var log: EventLog

  init(historyLimit: Int) {
    log = EventLog(limit: historyLimit)
  }

  func object(at path: String) -> StoredObject? {
    let index = firstIndex(notBefore: path)
    guard index < objects.count, objects[index].path == path else { return nil }
    return objects[index]
  }

  /// The objects of one namespace, or of all.
  func objects(in namespace: String?) -> ArraySlice<StoredObject> {
    guard let namespace else { return objects[...] }
    // "0" is the character after "/", so that this is the end of everything that starts with "namespace/".
    return objects[firstIndex(notBefore: "\(namespace)/")..<firstIndex(notBefore: "\(namespace)0")]
  }

  /// Puts a version of an object in the place of the one before it, and logs the change.
  mutating func put(_ object: StoredObject) {
    let index = firstIndex(notBefore: object.path)
    if index < objects.count, objects[index].path == object.path {
      log.append(StoreEvent(kind: .modified, object: object, previous: objects[index]))
      objects[index] = object
    } else {
      log.append(StoreEvent(kind: .added, object: object, previous: nil))
      objects.insert(object, at: index)
    }
  }

  /// Takes an object away; `last` is its state under the deletion's version.
  mutating func remove(_ last: StoredObject) {
    let index = firstIndex(notBefore: last.path)
    guard index < objects.count, objects[index].path == last.path else { return }
    log.append(StoreEvent(kind: .deleted, object: last, previous: objects[index]))
    objects.remove(at: index)
  }

  /// Puts many objects in place at once, which no watch can follow.
  mutating func load(_ loaded: [StoredObject], upTo version: UInt64) {
    let paths = objects.isEmpty ? [] : Set(loaded.map(\.path))
    objects.removeAll { paths.contains($0.path) }
    objects += loaded
    objects.sort { $0.path < $1.path }
    log.beginAnew(at: version)
  }

  private func firstIndex(notBefore path: String) -> Int {
    var low = 0
    var high = objects.count
    while low < high {
      let middle = (low + high) / 2
      if objects[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
