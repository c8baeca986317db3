import HTTP
import KubernetesObjects
import UserConfiguration
import WireFormats

/// Releases addresses of one IPAM, each after a look at its record.
struct AddressReleaser: Sendable {
  let source: InventorySource
  let mapping: RecordMapping
  let token: InventoryToken
  let eventLoop: EventLoop
  let userAgent: String

  /// Sends the request, if the record still says that the address is in use by the cluster, and it is
  /// unused.
  func release(
    _ release: AddressRelease,
    if isUnused: () async -> Bool
  ) async throws(InventoryError) {
    let connection = InventoryConnection(
      source: source,
      eventLoop: eventLoop,
      userAgent: userAgent
    )
    let client = try connection.client()
    let authorization = try await token.authorization()
    let (url, place) = (release.request.url, Self.host(of: release.request.url))
    let answer = try await Self.answer(client, connection.request(.get, url, authorization))
    // Somebody released it before, in a way of their own.
    if [404, 410].contains(answer.head.status) { return }
    guard answer.head.status == 200 else {
      throw .refused(place: place, status: answer.head.status, retryAfterSeconds: nil)
    }
    let record: JSONValue
    do {
      record = try JSONValue(parsing: answer.body)
    } catch {
      throw .nonsense(place: place, reason: "its record of the address is no JSON: \(error.fault)")
    }
    try confirm(release, by: record)
    guard await isUnused() else {
      throw .changedMeanwhile(reason: "something uses \(release.address) now, or it is not known")
    }
    let change = connection.request(
      release.request.method.ofHTTP,
      url,
      authorization,
      body: release.request.body
    )
    let status = try await Self.answer(client, change).head.status
    guard (200..<300).contains(status) else { throw .notReleased(place: place, status: status) }
  }

  private func confirm(
    _ release: AddressRelease,
    by record: JSONValue
  ) throws(InventoryError) {
    let entry = mapping.entries(from: record) { _ in }.first { entry in
      if case .address(release.address) = entry.extent { true } else { false }
    }
    guard let allocation = entry?.allocation else {
      throw .changedMeanwhile(reason: "the record is not of \(release.address) any more")
    }
    guard allocation.cluster == release.cluster, allocation.lifecycle == .inService else {
      throw .changedMeanwhile(
        reason: "its record no longer says that \(release.cluster) has \(release.address) in use"
      )
    }
  }

  private static func answer(
    _ client: HTTPClient,
    _ request: HTTPRequest
  ) async throws(InventoryError) -> HTTPResponse {
    do {
      return try await client.response(to: request)
    } catch {
      throw .noAnswer(error)
    }
  }

  private static func host(of url: String) -> String {
    url.split(separator: "/").dropFirst().first.map(String.init) ?? url
  }
}

extension ReleaseRule.Method {
  fileprivate var ofHTTP: HTTPMethod {
    switch self {
    case .delete: .delete
    case .patch: .patch
    case .post: .post
    case .put: .put
    }
  }
}
