import KubernetesObjects
import WireFormats

/// What the events of one chunk come to.
struct WatchBatch {
  private(set) var changes: [ObjectChange] = []
  /// The version that the last good event reached.
  private(set) var resourceVersion: String?
  private(set) var hasBookmark = false
  /// Whether every object that there was when the watch began has been told by now.
  private(set) var endsInitialEvents = false
  /// Why the watch cannot go on.
  private(set) var failure: ReflectorState.Outcome?

  mutating func add(_ event: Result<WatchEvent, WireError>, from client: KubernetesClient) {
    switch event {
    case .failure(let error): failure = .unreadableEvent("an event cannot be read: \(error)")
    case .success(.added(let object)), .success(.modified(let object)):
      changes.append(.upserted(object))
      resourceVersion = object.resourceVersion
    case .success(.deleted(let object)):
      changes.append(.deleted(object.record.key, uid: object.record.metadata.uid))
      resourceVersion = object.resourceVersion
    case .success(.elsewhere(let version)): resourceVersion = version
    case .success(.bookmark(let version, let endsInitialEvents)):
      resourceVersion = version
      hasBookmark = true
      if endsInitialEvents { self.endsInitialEvents = true }
    case .success(.error(let status)):
      failure = .failed(
        KubernetesError(status, retryAfter: nil, server: client.connection.server)
      )
    }
  }
}

/// The objects that a streaming list has told so far.
struct InitialEvents {
  private var byKey: [ObjectKey: ObjectSnapshot] = [:]

  var objects: [ObjectSnapshot] { Array(byKey.values) }

  mutating func add(_ changes: [ObjectChange]) {
    for change in changes {
      switch change {
      case .upserted(let snapshot): byKey[snapshot.record.key] = snapshot
      case .deleted(let key, _): byKey[key] = nil
      }
    }
  }
}
