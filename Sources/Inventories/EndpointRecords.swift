import HTTP
import UserConfiguration
import WireFormats

/// The records of one endpoint or several, read page by page.
struct EndpointRecords: RecordSource {
  /// No inventory has so many; a server that always names a next page does.
  private static let mostPages = 100_000

  let endpoints: [Endpoint]
  let settings: InventorySettings
  let token: InventoryToken
  let eventLoop: EventLoop
  let userAgent: String

  private var connection: InventoryConnection {
    InventoryConnection(source: settings.source, eventLoop: eventLoop, userAgent: userAgent)
  }

  func read(since mark: ReadingMark?) async throws(InventoryError) -> (
    reading: InventoryReading, mark: ReadingMark
  )? {
    let client = try connection.client()
    let authorization = try await token.authorization()
    if let mark, try await isUnchanged(mark, client, authorization) { return nil }
    var collection = RecordCollection(settings)
    var pages: [ReadingMark.Page] = []
    var hasAllTags = true
    for endpoint in endpoints {
      try await read(endpoint, into: &collection) { url throws(InventoryError) in
        let answer = try await Self.answer(client, request(url, authorization), endpoint)
        if let tag = answer.head.headers["ETag"] {
          pages.append(ReadingMark.Page(url: url, entityTag: tag))
        } else {
          hasAllTags = false
        }
        return answer.body
      }
    }
    let new = ReadingMark(pages: hasAllTags ? pages : [], digest: collection.digest)
    if let mark, mark.digest == new.digest { return nil }
    return (try collection.reading(from: endpoints.first?.host ?? settings.name), new)
  }

  /// Whether the server says of each page that it is as it was.
  private func isUnchanged(
    _ mark: ReadingMark,
    _ client: HTTPClient,
    _ authorization: String?
  ) async throws(InventoryError) -> Bool {
    guard !mark.pages.isEmpty, let first = endpoints.first else { return false }
    for page in mark.pages {
      let endpoint = endpoints.first { $0.isOf(page.url) } ?? first
      var request = request(page.url, authorization)
      request.headers.add("If-None-Match", page.entityTag)
      let head: HTTPResponseHead
      do {
        let stream = try await client.stream(request)
        head = stream.head
        stream.cancel()
      } catch {
        throw .noAnswer(error)
      }
      if head.status == 304 { continue }
      try Self.confirm(head, from: endpoint)
      return false
    }
    return true
  }

  private func read(
    _ endpoint: Endpoint,
    into collection: inout RecordCollection,
    _ body: (String) async throws(InventoryError) -> [UInt8]
  ) async throws(InventoryError) {
    var next: String? = endpoint.firstPage
    var seen: Set<String> = []
    var count = 0
    var total: Int?
    var last: Int?
    while let url = next {
      guard seen.insert(url).inserted, seen.count <= Self.mostPages else {
        throw .nonsense(place: endpoint.host, reason: "its pages do not end")
      }
      let bytes = try await body(url)
      let document: RecordDocument
      do {
        document = try collection.add(
          bytes,
          as: endpoint.format,
          records: endpoint.records,
          mapping: endpoint.mapping,
          named: "page \(seen.count)"
        )
      } catch {
        let place = "\(endpoint.host), page \(seen.count), line \(error.line)"
        throw .nonsense(place: place, reason: error.reason)
      }
      count += document.count
      total = endpoint.total?.texts(in: document.rest).first.flatMap { Int($0) }
      var hasher = Hasher()
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
      let digest = hasher.finalize()
      guard digest != last || document.count == 0 else {
        let reason = "it answers with the same page again: does it know how to page so?"
        throw .nonsense(place: endpoint.host, reason: reason)
      }
      last = digest
      next = try endpoint.nextPage(after: document, endingAt: count)
    }
    // Where records come and go between two pages, some are skipped.
    guard total == nil || total == count else {
      let reason = "\(count) of \(total ?? 0) records came"
      throw .nonsense(place: endpoint.host, reason: reason)
    }
  }

  // MARK: Requests

  private func request(_ url: String, _ authorization: String?) -> HTTPRequest {
    connection.request(.get, url, authorization)
  }

  private static func answer(
    _ client: HTTPClient,
    _ request: HTTPRequest,
    _ endpoint: Endpoint
  ) async throws(InventoryError) -> HTTPResponse {
    let answer: HTTPResponse
    do {
      answer = try await client.response(to: request)
    } catch {
      throw .noAnswer(error)
    }
    try confirm(answer.head, from: endpoint)
    return answer
  }

  private static func confirm(
    _ head: HTTPResponseHead,
    from endpoint: Endpoint
  ) throws(InventoryError) {
    guard head.status != 200 else { return }
    throw .refused(
      place: endpoint.place,
      status: head.status,
      retryAfterSeconds: head.headers["Retry-After"].flatMap { Int($0) }
    )
  }
}
