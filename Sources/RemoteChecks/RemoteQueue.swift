import KubernetesObjects

/// Which objects one service is to be told of, each once, as it is when its turn comes.
///
/// It holds names alone, so that what waits is always told in its newest state, and no more of them than
/// it has room for: what finds no room is found again by a walk over all objects.
struct RemoteQueue: Sendable {
  /// What the service knows of an object.
  struct Mark: Sendable, Equatable {
    var digest: Int
    let uid: ObjectUID
  }

  static let capacity = 5_000

  private var waiting: [ObjectKey] = []
  private var first = 0
  private var isWaiting: Set<ObjectKey> = []
  private(set) var gone: [ObjectKey: ObjectUID] = [:]
  private(set) var marks: [ObjectKey: Mark] = [:]
  private(set) var inFlight: [ObjectKey: ObjectUID] = [:]
  /// Whether some objects found no room, or the service has to be told of all again.
  private(set) var needsWalk = false
  private(set) var dropped = 0

  var count: Int { isWaiting.count + gone.count }
  var isEmpty: Bool { isWaiting.isEmpty && gone.isEmpty }
  /// Whether there is room for more that a walk finds.
  var hasRoom: Bool { isWaiting.count < Self.capacity }

  /// Notes how an object is now: `nil` where it is gone, or is none that the service is told of.
  mutating func note(_ key: ObjectKey, _ object: RemoteObject?) {
    guard let object else {
      isWaiting.remove(key)
      guard let uid = marks[key]?.uid ?? inFlight[key] else { return }
      marks[key] = nil
      guard gone.count < Self.capacity else {
        dropped += 1
        return
      }
      gone[key] = uid
      return
    }
    // One of the same name: that it was gone meanwhile matters no longer.
    gone[key] = nil
    let isKnown = marks[key] == Mark(digest: object.digest, uid: object.uid)
    guard !isKnown || inFlight[key] != nil else {
      isWaiting.remove(key)
      return
    }
    wait(key)
  }

  private mutating func wait(_ key: ObjectKey) {
    guard !isWaiting.contains(key) else { return }
    guard hasRoom else {
      needsWalk = true
      return
    }
    isWaiting.insert(key)
    waiting.append(key)
  }

  /// The service knows nothing any more.
  mutating func forgetAll() {
    for key in marks.keys { marks[key]?.digest = 0 }
    needsWalk = true
  }

  mutating func beginWalk() { needsWalk = false }

  /// Takes out what is next; what is under way already waits.
  mutating func next() -> (key: ObjectKey, goneUID: ObjectUID?)? {
    if let (key, uid) = gone.first(where: { inFlight[$0.key] == nil }) {
      gone[key] = nil
      return (key, uid)
    }
    var passed: [ObjectKey] = []
    defer { for key in passed { waiting.append(key) } }
    while first < waiting.count {
      let key = waiting[first]
      first += 1
      if first > 1_024, first * 2 > waiting.count {
        waiting.removeFirst(first)
        first = 0
      }
      guard isWaiting.contains(key) else { continue }
      guard inFlight[key] == nil else {
        passed.append(key)
        continue
      }
      isWaiting.remove(key)
      return (key, nil)
    }
    return nil
  }

  mutating func begin(_ subjects: [RemoteBatch.Subject]) {
    for subject in subjects { inFlight[subject.key] = subject.uid }
  }

  /// The service knows these now.
  mutating func end(_ subjects: [RemoteBatch.Subject]) {
    for subject in subjects {
      inFlight[subject.key] = nil
      // What has gone meanwhile is told next.
      guard gone[subject.key] == nil else { continue }
      marks[subject.key] = subject.digest.map { Mark(digest: $0, uid: subject.uid) }
    }
  }

  /// These did not arrive; they come first.
  mutating func giveBack(_ subjects: [RemoteBatch.Subject]) {
    var keys: [ObjectKey] = []
    for subject in subjects {
      inFlight[subject.key] = nil
      if subject.digest == nil {
        // Unless one of the same name waits.
        if !isWaiting.contains(subject.key) { gone[subject.key] = subject.uid }
      } else if gone[subject.key] != nil {
        // It never arrived, or long ago.
        if marks[subject.key] == nil { gone[subject.key] = nil }
      } else if isWaiting.insert(subject.key).inserted {
        keys.append(subject.key)
      }
    }
    waiting.replaceSubrange(..<first, with: keys)
    first = 0
  }
}
