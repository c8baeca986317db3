import KubernetesObjects

/// What a reflector has of the list that is under way.
///
/// The objects of its first list are told as they come, for nothing is known that they could
/// contradict. Those of a later list are gathered, and replace what is known at once.
struct Listed {
  /// How many objects are told of at once.
  private static let step = 500

  /// How many objects of the list have come.
  private(set) var count = 0
  private var isFirst = true
  /// Whether nothing of this list was told yet.
  private var isAtStart = true
  /// How many of the list's objects were told of.
  private var told = 0
  /// Those that were not handed over yet.
  private var objects: [ObjectSnapshot] = []

  /// Begins a list anew.
  mutating func restart() {
    count = 0
    told = 0
    isAtStart = true
    objects = []
  }

  /// Takes in the next objects, and says what to tell of them.
  mutating func add(_ new: [ObjectSnapshot]) -> StreamEvent? {
    count += new.count
    objects += new
    guard count >= told + Self.step else { return nil }
    told = count
    return isFirst ? part() : .listing(received: count, expected: nil)
  }

  /// Forgets what came after the first `earlier` objects, for their page is asked for again.
  ///
  /// What was told of it stays told: the page brings the same objects, or the list begins anew.
  mutating func goBack(to earlier: Int) {
    objects.removeLast(min(objects.count, count - earlier))
    count = earlier
    told = min(told, earlier)
  }

  /// Ends the list, and says what to tell of it.
  mutating func complete(at resourceVersion: String) -> [StreamEvent] {
    defer {
      isFirst = false
      restart()
    }
    return isFirst
      ? [part(), .completed(resourceVersion: resourceVersion)]
      : [.replaced(objects, resourceVersion: resourceVersion)]
  }

  private mutating func part() -> StreamEvent {
    defer {
      isAtStart = false
      objects = []
    }
    return .part(objects, startsList: isAtStart)
  }
}
