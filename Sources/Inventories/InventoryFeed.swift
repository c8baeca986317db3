package import HTTP
package import KubernetesObjects
package import UserConfiguration

/// Reads one inventory over and over, and tells what has changed.
package struct InventoryFeed: Sendable {
  package let settings: InventorySettings
  private let records: any RecordSource
  /// `nil` where nothing is released.
  private let releaser: AddressReleaser?

  package init(
    _ settings: InventorySettings,
    eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String]
  ) {
    self.settings = settings
    let source = settings.source
    let endpoints: [Endpoint]
    switch source.location {
    case .file(let path):
      releaser = nil
      records = FileRecords(path: path, format: source.format ?? .csv, settings: settings)
      return
    case .netBox(let root):
      endpoints = NetBox.endpoints(of: settings, at: root, pageSize: source.pageSize)
    case .url(let url):
      endpoints = [
        Endpoint(
          url: url,
          format: source.format ?? .json,
          records: source.records,
          paging: source.paging,
          pageSize: source.pageSize,
          total: nil,
          mapping: RecordMapping(settings)
        )
      ]
    }
    releaser = settings.release.map { release in
      var writing = source
      writing.token = release.token ?? source.token
      return AddressReleaser(
        source: writing,
        mapping: endpoints[0].mapping,
        token: InventoryToken(writing, environment: environment),
        eventLoop: eventLoop,
        userAgent: userAgent
      )
    }
    records = EndpointRecords(
      endpoints: endpoints,
      settings: settings,
      token: InventoryToken(source, environment: environment),
      eventLoop: eventLoop,
      userAgent: userAgent
    )
  }

  /// How it stands before it was read.
  package var initialStatus: InventoryStatus {
    let place: String
    switch settings.source.location {
    case .file(let path): place = path
    case .url(let url), .netBox(let url):
      place = url.split(separator: "/").dropFirst().first.map(String.init) ?? url
    }
    return InventoryStatus(name: settings.name, kind: settings.kind, place: place)
  }

  /// Releases an address, if its record still says that its cluster has it, and it is unused.
  package func release(
    _ release: AddressRelease,
    if isUnused: () async -> Bool
  ) async throws(InventoryError) {
    guard let releaser else {
      throw .changedMeanwhile(reason: "how it is told is not configured any more")
    }
    try await releaser.release(release, if: isUnused)
  }

  /// Reads until the task is cancelled; `sleep` throws when it is.
  package func run(
    now: @Sendable () -> Timestamp,
    sleep: @Sendable (Duration) async throws -> Void,
    deliver: @Sendable (InventoryUpdate) async -> Void
  ) async {
    var state = InventoryState(initialStatus, interval: settings.source.interval)
    while !Task.isCancelled {
      let result: Result<(reading: InventoryReading, mark: ReadingMark)?, InventoryError>
      do {
        result = .success(try await records.read(since: state.mark))
      } catch {
        result = .failure(error)
      }
      guard !Task.isCancelled else { return }
      let (update, wait) = state.take(result, at: now())
      await deliver(update)
      guard (try? await sleep(wait)) != nil else { return }
    }
  }
}
