import Synchronization
import WireFormats

/// The truth of the simulated cluster: every object, one counter of versions, and the latest changes of each resource.
///
/// Readers and writers hold one lock for the length of one step, so that each sees a whole version of the world.
final class Store: Sendable {
  /// What to do with an object, decided while the store is locked.
  enum Change {
    case keep
    case put(JSONValue)
    case remove
  }

  /// The objects of a list, all of one version of the world.
  struct Listing: Sendable {
    let objects: [StoredObject]
    let version: UInt64
  }

  /// The next changes for a watch.
  enum Batch: Sendable {
    case events([StoreEvent], upTo: UInt64)
    case expired(current: UInt64)
  }

  private struct State {
    var version: UInt64
    var tables: [String: ResourceTable] = [:]
    var watchers: [UInt64: Watcher] = [:]
    var lastWatcher: UInt64 = 0
    /// How often each resource changed, for whoever wants to know whether to look again.
    var changes: [String: UInt64] = [:]

    mutating func didChange(_ plural: String) {
      changes[plural, default: 0] += 1
      for watcher in watchers.values where watcher.plural == plural { watcher.wake() }
    }
  }

  private let state: Mutex<State>
  private let historyLimit: Int

  init(firstVersion: UInt64 = 100, historyLimit: Int = 10_000) {
    state = Mutex(State(version: firstVersion))
    self.historyLimit = historyLimit
  }

  var version: UInt64 { state.withLock { $0.version } }

  func object(_ resource: ServedResource, at path: String) -> StoredObject? {
    state.withLock { $0.tables[resource.storageKey]?.object(at: path) }
  }

  func list(_ resource: ServedResource, in namespace: String? = nil) -> Listing {
    state.withLock { state in
      let objects = state.tables[resource.storageKey]?.objects(in: namespace) ?? []
      return Listing(objects: Array(objects), version: state.version)
    }
  }

  /// How often any of the resources changed so far.
  func changes(of resources: [ServedResource]) -> UInt64 {
    state.withLock { state in
      resources.reduce(0) { $0 + (state.changes[$1.storageKey] ?? 0) }
    }
  }

  /// Changes one object in one step; returns the state that the change left, the last one if it removed the object.
  @discardableResult
  func change(
    _ resource: ServedResource,
    at path: String,
    _ decide: (StoredObject?) throws(APIFailure) -> Change
  ) throws(APIFailure) -> StoredObject? {
    try state.withLock { (state) throws(APIFailure) -> StoredObject? in
      let plural = resource.storageKey
      let current = state.tables[plural]?.object(at: path)
      let changed: StoredObject
      switch try decide(current) {
      case .keep:
        return current
      case .put(let value):
        changed = StoredObject(value, of: resource, version: state.version + 1)
        state.tables[plural, default: ResourceTable(historyLimit: historyLimit)].put(changed)
      case .remove:
        guard let current else { return nil }
        changed = current.at(version: state.version + 1)
        state.tables[plural]?.remove(changed)
      }
      state.version += 1
      state.didChange(plural)
      return changed
    }
  }

  /// Puts an object in place of the one before it, its JSON made for the version that it gets.
  func put(_ object: TemplateObject) {
    state.withLock { state in
      state.version += 1
      let plural = object.resource.storageKey
      let stored = object.stored(version: state.version)
      state.tables[plural, default: ResourceTable(historyLimit: historyLimit)].put(stored)
      state.didChange(plural)
    }
  }

  /// Puts many objects of one resource in place at once; watches cannot follow, and expire.
  func load(_ resource: ServedResource, _ objects: some Sequence<TemplateObject>) {
    state.withLock { state in
      let plural = resource.storageKey
      let loaded = objects.map { object in
        state.version += 1
        return object.stored(version: state.version)
      }
      guard !loaded.isEmpty else { return }
      state.tables[plural, default: ResourceTable(historyLimit: historyLimit)]
        .load(loaded, upTo: state.version)
      state.didChange(plural)
    }
  }

  /// The changes of a resource after `version`, or the news that they are forgotten.
  ///
  /// A watch that resumes may not be from before the horizon; one that was open all the time only must not have
  /// missed a change.
  func events(
    of plural: String,
    after version: UInt64,
    resuming: Bool,
    atMost count: Int = 256
  ) -> Batch {
    state.withLock { state in
      guard let log = state.tables[plural]?.log else { return .events([], upTo: state.version) }
      guard version >= (resuming ? log.horizon : log.lastForgotten) else {
        return .expired(current: state.version)
      }
      let events = Array(log.events(after: version, atMost: count))
      // A watch that saw everything is at the present, whatever else changed meanwhile.
      let upTo = events.count < count ? max(version, state.version) : events[count - 1].version
      return .events(events, upTo: upTo)
    }
  }

  func addWatcher(of plural: String) -> Watcher {
    state.withLock { state in
      state.lastWatcher += 1
      let watcher = Watcher(id: state.lastWatcher, plural: plural)
      state.watchers[watcher.id] = watcher
      return watcher
    }
  }

  func removeWatcher(_ watcher: Watcher) {
    _ = state.withLock { $0.watchers.removeValue(forKey: watcher.id) }
  }

  var watchers: [Watcher] { state.withLock { Array($0.watchers.values) } }

  /// Forgets all changes so far, as a compaction does: who resumes from before has expired.
  func forgetHistory() {
    state.withLock { state in
      state.version += 1
      for plural in state.tables.keys {
        state.tables[plural]?.log.forgetAll(upTo: state.version)
      }
    }
  }
}
