import Monitoring

/// One request that follows findings, as the pieces of its answer.
actor FindingsWatch {
  /// How often one who wants bookmarks hears that nothing happened.
  private static let bookmarkInterval = Duration.seconds(30)
  private static let pieceSize = 64 * 1024

  private let ledger: FindingLedger
  private let request: FindingsRequest
  private let news: AsyncStream<Void>
  /// What is to be sent next.
  private var lines: [WatchLine]
  /// Up to where everything is among what was sent or is to be sent.
  private var known: FindingVersion
  private var lastLine = ContinuousClock.now
  private var isOver = false
  /// Up to where it was told how clusters stand.
  private var clustersKnown = 0

  /// Begins where the request wants it: behind what is known already, or with all that there is.
  init(_ ledger: FindingLedger, _ request: FindingsRequest) async throws(FindingLedger.Expired) {
    self.ledger = ledger
    self.request = request
    // Followed before it is read what there is, so that nothing falls between the two.
    news = await ledger.news(atLeastEvery: Self.bookmarkInterval, for: request.timeout)
    // Read before the findings: what it says of them is true of these, too.
    let clusters = await ledger.clusters
    var first: [WatchLine] = []
    if request.wantsClusters, clusters.revision > 0 {
      first = [.clusters(clusters.documents)]
      clustersKnown = clusters.revision
    }
    if let since = request.since {
      let changes = try await ledger.changes(since: since)
      lines = first + changes.compactMap { WatchLine($0, request.filter) }
      known = changes.last?.version ?? since
    } else {
      let (entries, version) = await ledger.findings(request.filter)
      lines = first + entries.map { .added($0.known, $0.version) }
      known = version
    }
    if request.wantsBookmarks { lines.append(.bookmark(known, endsInitial: request.since == nil)) }
  }

  /// The next bytes, once there are any; `nil` at the end.
  func next() async -> [UInt8]? {
    if !lines.isEmpty { return piece() }
    guard !isOver else { return nil }
    for await _ in news {
      await takeChanges()
      if !lines.isEmpty { return piece() }
    }
    return nil
  }

  private func takeChanges() async {
    let clusters = await ledger.clusters
    do throws(FindingLedger.Expired) {
      let changes = try await ledger.changes(since: known)
      known = changes.last?.version ?? known
      lines = changes.compactMap { WatchLine($0, request.filter) }
    } catch {
      // Whoever reads more slowly than findings change is told so, and begins anew.
      let message = "It was read too slowly for the changes that are kept: list anew."
      lines = [.error(FindingDocument.expired(message))]
      isOver = true
      return
    }
    if request.wantsClusters, clusters.revision > clustersKnown {
      lines.append(.clusters(clusters.documents))
      clustersKnown = clusters.revision
    }
    guard lines.isEmpty, request.wantsBookmarks,
      ContinuousClock.now - lastLine > Self.bookmarkInterval / 2
    else { return }
    lines = [.bookmark(known, endsInitial: false)]
  }

  private func piece() -> [UInt8] {
    lastLine = .now
    var bytes: [UInt8] = []
    var count = 0
    while count < lines.count, bytes.count < Self.pieceSize {
      bytes += lines[count].bytes
      count += 1
    }
    lines.removeFirst(count)
    return bytes
  }
}
