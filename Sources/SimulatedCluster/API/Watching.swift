import Synchronization
import WireFormats

/// Answers WATCH with one event after the other for as long as the client asked.
struct Watching: Sendable {
  let registry: Registry
  let bookmarks: BookmarkTiming

  func answer(_ request: ResourceRequest, _ query: Query, _ representation: Representation)
    throws(APIFailure) -> APIResponse
  {
    let selection = try Selection(query, resource: request.resource, namespace: request.namespace)
    let text = query["resourceVersion"] ?? ""
    guard let version = text.isEmpty ? 0 : UInt64(text) else {
      throw .badRequest("Invalid value: \"\(text)\": resourceVersion must be a number")
    }
    let expiry = ExpiryFlag()
    let source = WatchBody(
      registry.store,
      selection,
      representation,
      from: version,
      WatchOptions(query, bookmarks),
      expiry
    )
    var response = APIResponse(
      contentType: representation.watchContentType,
      body: .endless(source)
    )
    response.expiry = expiry
    return response
  }
}

/// When a watch gets bookmarks.
struct BookmarkTiming: Sendable {
  var interval: Duration = .seconds(60)
  /// How long before its end it gets the last one.
  var lead: Duration = .seconds(2)
}

/// How a watch begins and ends.
struct WatchOptions: Sendable {
  /// What a server chooses when the client does not say.
  private static let usualTimeout = Duration.seconds(30 * 60)

  let sendsInitialEvents: Bool
  let marksInitialEnd: Bool
  let allowsBookmarks: Bool
  let bookmarks: BookmarkTiming
  let timeout: Duration

  init(_ query: Query, _ bookmarks: BookmarkTiming) {
    let version = query["resourceVersion"] ?? ""
    marksInitialEnd = query.isOn("sendInitialEvents")
    sendsInitialEvents =
      marksInitialEnd
      || (query["sendInitialEvents"] == nil && (version.isEmpty || version == "0"))
    allowsBookmarks = query.isOn("allowWatchBookmarks")
    timeout = query.integer("timeoutSeconds").map { .seconds($0) } ?? Self.usualTimeout
    self.bookmarks = bookmarks
  }
}
