import ClusterGraph
import KubernetesClient
import KubernetesObjects

/// What a monitor knows of the stream of one resource, in one namespace or in all.
struct ResourceStream {
  /// A kind, and the only namespace in which it is followed; `nil` for all.
  struct ID: Hashable, Comparable {
    let kind: ObjectKind
    let namespace: String?

    static func < (left: Self, right: Self) -> Bool {
      (left.kind, left.namespace ?? "") < (right.kind, right.namespace ?? "")
    }
  }

  let resource: APIResource
  /// The only namespace whose objects are followed; `nil` for all.
  let namespace: String?
  /// Which of its runs counts: of one that was ended something may still come.
  var run = 0
  /// What follows it; `nil` while nothing does.
  var task: Task<Void, Never>?
  var state = StreamState.connecting
  /// Why what it shows is not believed; `nil` while it is.
  var doubt: String? = "not listed yet"
  /// Whether the resource was listed at least once.
  var isSynced = false
  /// How often it was listed.
  var listCount = 0
  /// Whether nobody waits any longer for the first list; it is asked for all the same.
  var isGivenUp = false
  /// Whether it was listed and the watch from there has not begun yet.
  var isFresh = false
  /// Whether the server was asked what it serves since it said that it does not serve this.
  var hasAskedDiscovery = false
  /// The first list, while it comes.
  var firstList: ListIntake?
  /// Objects received by a later list that is under way.
  var listed = 0
  /// Since when nothing comes; `nil` while the stream runs.
  var brokenSince: Timestamp?
  /// When what was refused is asked for again; until then nothing of the stream runs.
  var nextTry: Timestamp?

  /// How long a stream may be down before what it showed is no longer believed.
  static let patience = Duration.seconds(120)
  /// How long a first list may fail before the others no longer wait for it.
  static let firstListPatience = Duration.seconds(10)

  var id: ID { ID(kind: resource.kind, namespace: namespace) }

  /// When the kind turns unknown, unless the stream recovers.
  var doubtDeadline: Timestamp? {
    doubt == nil ? brokenSince.map { $0 + Self.patience } : nil
  }

  /// Whether the first list is done, or will not be.
  var isSettled: Bool { isSynced || isGivenUp || !isReadable }

  /// Whether the server lets the resource be read, as far as is known.
  var isReadable: Bool {
    switch state {
    case .forbidden, .unsupported: false
    case .signedOut: isSynced
    case .connecting, .listing, .waiting, .watching: true
    }
  }

  /// Whether the server says that the user may not read the resource.
  var isForbidden: Bool { if case .forbidden = state { true } else { false } }

  /// Why nothing comes; `nil` while the stream runs.
  var complaint: String? {
    switch state {
    case .waiting(_, let reason): reason
    case .signedOut(let reason): reason
    case .connecting, .listing, .watching, .forbidden, .unsupported: nil
    }
  }

  var signedOutReason: String? {
    guard case .signedOut(let reason) = state else { return nil }
    return reason
  }
}

extension Knowledge {
  /// What the streams of one kind come to.
  init(_ streams: some Collection<ResourceStream>) {
    let believed = streams.filter { $0.doubt == nil }
    let namespaces = Set(believed.compactMap(\.namespace))
    if believed.contains(where: { $0.namespace == nil }) {
      self = .known
    } else if namespaces.isEmpty {
      let doubts = streams.sorted { $0.id < $1.id }.lazy.compactMap(\.doubt)
      self = .unknown(doubts.first ?? "not followed")
    } else {
      self = .knownIn(namespaces: namespaces)
    }
  }
}
