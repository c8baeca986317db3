import Synchronization
import WireFormats

/// The events of one watch, read from the store's log only as fast as the client takes them.
final class WatchBody: PieceSource {
  private static let pieceSize = 64 * 1024

  private struct Progress {
    var version: UInt64
    /// What the client has from the start: no bookmark tells it nothing but this.
    var firstVersion: UInt64
    var initial: ArraySlice<StoredObject>
    var owesInitialEnd: Bool
    /// `nil` where the client wants none, or had its last.
    var nextBookmark: ContinuousClock.Instant?
    var isResuming = true
    var hasEnded = false
    var wasBroken = false
    var hasNamedColumns = false
  }

  private let store: Store
  private let selection: Selection
  private let representation: Representation
  private let options: WatchOptions
  private let watcher: Watcher
  private let expiry: ExpiryFlag
  private let deadline: ContinuousClock.Instant
  /// What happened up to here was history when the watch began.
  private let openingVersion: UInt64
  private let progress: Mutex<Progress>

  init(
    _ store: Store,
    _ selection: Selection,
    _ representation: Representation,
    from version: UInt64,
    _ options: WatchOptions,
    _ expiry: ExpiryFlag
  ) {
    self.store = store
    self.expiry = expiry
    self.selection = selection
    self.representation = representation
    let resource = representation.resource
    self.options = options
    watcher = store.addWatcher(of: resource.storageKey)
    let now = ContinuousClock.now
    deadline = now + options.timeout
    var initial: [StoredObject] = []
    var start = version
    if options.sendsInitialEvents {
      let listing = store.list(resource, in: selection.namespace)
      initial = listing.objects.filter(selection.contains)
      start = listing.version
    } else if version == 0 {
      // Any version will do, and the newest is at hand.
      start = store.version
    }
    openingVersion = max(start, store.version)
    let lastBookmark = deadline - options.bookmarks.lead
    progress = Mutex(
      Progress(
        version: start,
        firstVersion: start,
        initial: initial[...],
        owesInitialEnd: options.marksInitialEnd && options.allowsBookmarks,
        nextBookmark: options.allowsBookmarks && lastBookmark >= now
          ? min(now + options.bookmarks.interval, lastBookmark) : nil
      )
    )
  }

  deinit {
    store.removeWatcher(watcher)
  }

  func next() async throws -> [UInt8]? {
    while !Task.isCancelled {
      switch try step() {
      case .piece(let bytes): return bytes
      case .end: return nil
      case .wait(let instant): await news(until: instant)
      }
    }
    return nil
  }

  private enum Step {
    case piece([UInt8])
    case wait(until: ContinuousClock.Instant)
    case end
  }

  private func step() throws -> Step {
    try progress.withLock { progress throws(ConnectionCut) in
      if progress.wasBroken { throw ConnectionCut() }
      if progress.hasEnded { return .end }
      switch watcher.ending {
      case nil: break
      case .inTheMiddle:
        progress.wasBroken = true
        return .piece(halfAnEvent)
      case .expired:
        progress.hasEnded = true
        return .piece(forgotten(progress.version, store.version))
      case .cleanly:
        return .end
      }
      if let piece = initialPiece(&progress) { return .piece(piece) }
      if let piece = changesPiece(&progress) { return .piece(piece) }
      let now = ContinuousClock.now
      if let due = progress.nextBookmark, now >= due {
        let last = deadline - options.bookmarks.lead
        progress.nextBookmark =
          due < last ? min(now + options.bookmarks.interval, last) : nil
        if progress.version > progress.firstVersion { return .piece(bookmark(&progress)) }
      }
      let isOver = now >= deadline
      if isOver { progress.hasEnded = true }
      return isOver ? .end : .wait(until: min(deadline, progress.nextBookmark ?? deadline))
    }
  }

  private func initialPiece(_ progress: inout Progress) -> [UInt8]? {
    var bytes: [UInt8] = []
    while let object = progress.initial.popFirst() {
      bytes += line("ADDED", object, &progress)
      if bytes.count >= Self.pieceSize { return bytes }
    }
    if progress.owesInitialEnd {
      progress.owesInitialEnd = false
      bytes += bookmark(&progress, endsInitialEvents: true)
    }
    return bytes.isEmpty ? nil : bytes
  }

  private func changesPiece(_ progress: inout Progress) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < Self.pieceSize {
      let batch = store.events(
        of: representation.resource.storageKey,
        after: progress.version,
        resuming: progress.isResuming
      )
      progress.isResuming = false
      switch batch {
      case .expired(let current):
        progress.hasEnded = true
        return bytes + forgotten(progress.version, current)
      case .events(let events, let upTo):
        for event in events { append(event, to: &bytes, &progress) }
        if let last = events.last(where: { $0.version <= openingVersion }) {
          progress.firstVersion = max(progress.firstVersion, last.version)
        }
        progress.version = upTo
        if events.isEmpty { return bytes.isEmpty ? nil : bytes }
      }
    }
    return bytes
  }

  /// Writes a change as the selection sees it: what leaves it is deleted, what enters it is added.
  private func append(
    _ event: StoreEvent,
    to bytes: inout [UInt8],
    _ progress: inout Progress
  ) {
    let isIn = selection.contains(event.object)
    let wasIn = event.previous.map(selection.contains) ?? false
    switch event.kind {
    case .added: if isIn { bytes += line("ADDED", event.object, &progress) }
    case .deleted: if wasIn { bytes += line("DELETED", event.object, &progress) }
    case .modified:
      switch (wasIn, isIn) {
      case (true, true): bytes += line("MODIFIED", event.object, &progress)
      case (false, true): bytes += line("ADDED", event.object, &progress)
      case (true, false): bytes += line("DELETED", event.object, &progress)
      case (false, false): break
      }
    }
  }

  private func line(
    _ type: String,
    _ object: StoredObject,
    _ progress: inout Progress
  ) -> [UInt8] {
    guard case .table(let rowObject) = representation.presentation else {
      return representation.event(type, representation.bytes(of: object))
    }
    let table = Table(
      of: representation.resource,
      [object],
      with: rowObject,
      version: object.version,
      hasColumns: !progress.hasNamedColumns
    )
    progress.hasNamedColumns = true
    return representation.event(type, table.encoded())
  }

  private func bookmark(_ progress: inout Progress, endsInitialEvents: Bool = false) -> [UInt8] {
    representation.event(
      "BOOKMARK",
      representation.bookmark(version: progress.version, endsInitialEvents: endsInitialEvents)
    )
  }

  private func forgotten(_ version: UInt64, _ current: UInt64) -> [UInt8] {
    expiry.raise()
    return representation.event(.expired("too old resource version: \(version) (\(current))"))
  }

  private var halfAnEvent: [UInt8] {
    let kind = representation.resource.kind
    let event = representation.event(
      "MODIFIED",
      Array("{\"kind\":\"\(kind)\",\"metadata\":{\"name\":\"half\"}}".utf8)
    )
    // Up to the middle of the last member's name.
    return Array(event.dropLast(14))
  }

  /// Waits until the store rings, or the instant has come.
  private func news(until instant: ContinuousClock.Instant) async {
    let timer = Task { [watcher] in
      try await Task.sleep(until: instant, clock: .continuous)
      watcher.wake()
    }
    // One ring is enough; the stream is iterated again for the next wait.
    for await _ in watcher.news { break }
    timer.cancel()
  }
}
