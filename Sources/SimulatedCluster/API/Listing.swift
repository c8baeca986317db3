import Foundation
import Synchronization
import WireFormats

/// Answers LIST: whole, in pages of one version of the world, selected, as metadata or as a table.
final class Listing: Sendable {
  /// How many unfinished paged lists are kept; who comes back later has expired.
  private static let pagedListLimit = 32
  /// A real server compacts every five minutes.
  private static let tokenLifetime: TimeInterval = 5 * 60

  /// Shorter lists are sent in one piece.
  private static let smallCount = 64

  private struct PagedList {
    let token: ContinueToken
    let request: String
    let objects: ArraySlice<StoredObject>
    let expiry: Date
  }

  private let registry: Registry
  private let pagedLists = Mutex<[PagedList]>([])

  init(_ registry: Registry) {
    self.registry = registry
  }

  /// Forgets the pages of all lists under way.
  func forgetPages() {
    pagedLists.withLock { $0.removeAll() }
  }

  func answer(_ request: ResourceRequest, _ query: Query, _ representation: Representation)
    throws(APIFailure) -> APIResponse
  {
    let resource = request.resource
    let selection = try Selection(query, resource: resource, namespace: request.namespace)
    let limit = query.integer("limit") ?? 0
    var (objects, version) = try begin(request, query, selection)
    var metadata: JSONValue = ["resourceVersion": .string(String(version))]
    if limit > 0, objects.count > limit {
      let page = objects.prefix(limit)
      let remaining = objects.count - limit
      let token = ContinueToken(version: version, after: page.last?.path ?? "")
      keep(objects.dropFirst(limit), of: identity(of: request, query), token)
      metadata["continue"] = .string(token.text)
      // A selected list does not know how many are left.
      if selection.isEverything { metadata["remainingItemCount"] = .integer(Int64(remaining)) }
      objects = page
    } else if resource.isCustom, representation.presentation == .whole {
      metadata["continue"] = ""
    }
    if case .table(let rowObject) = representation.presentation {
      let table = Table(of: resource, Array(objects), with: rowObject, metadata: metadata)
      return APIResponse(body: .whole(table.encoded()))
    }
    return APIResponse(
      contentType: representation.contentType,
      body: body(Array(objects), representation, metadata)
    )
  }

  private func body(
    _ objects: [StoredObject],
    _ representation: Representation,
    _ metadata: JSONValue
  ) -> APIResponse.Body {
    let isSmall = objects.count <= Self.smallCount
    if representation.isProtobuf {
      let list = ProtobufListBody(objects, representation, metadata: metadata)
      return isSmall ? .whole(list.whole()) : .pieces(list)
    }
    let list = ListBody(objects, representation, metadata: metadata)
    return isSmall ? .whole(list.whole()) : .pieces(list)
  }

  /// What has to be the same on all pages of one list.
  private func identity(of request: ResourceRequest, _ query: Query) -> String {
    [
      request.resource.qualifiedPlural, request.namespace ?? "*", query["labelSelector"] ?? "",
      query["fieldSelector"] ?? "",
    ].joined(separator: "\n")
  }

  /// The objects from which the page is taken, and of which version they are.
  private func begin(
    _ request: ResourceRequest,
    _ query: Query,
    _ selection: Selection
  ) throws(APIFailure) -> (ArraySlice<StoredObject>, version: UInt64) {
    var after: String?
    if let text = query["continue"], !text.isEmpty {
      let token = try ContinueToken(parsing: text)
      if let version = token.version {
        return (try rest(of: identity(of: request, query), token), version)
      }
      after = token.after
    }
    let listing = registry.store.list(request.resource, in: request.namespace)
    try checkVersion(query, listing.version)
    var objects = listing.objects[...]
    if let after { objects = objects.drop { $0.path <= after } }
    if !selection.isEverything { objects = objects.filter(selection.contains)[...] }
    return (objects, listing.version)
  }

  /// A list cannot be of a version that is still to come, nor here of one that is past.
  private func checkVersion(_ query: Query, _ current: UInt64) throws(APIFailure) {
    let text = query["resourceVersion"] ?? ""
    guard let version = text.isEmpty ? 0 : UInt64(text) else {
      throw .badRequest("Invalid value: \"\(text)\": resourceVersion must be a number")
    }
    guard version <= current else { throw .futureVersion(version, current: current) }
    guard version == current || query["resourceVersionMatch"] != "Exact" else {
      throw .expired("The resourceVersion for the provided list is too old.")
    }
  }

  private func rest(
    of request: String,
    _ token: ContinueToken
  ) throws(APIFailure) -> ArraySlice<StoredObject> {
    let now = registry.clock.now()
    let kept = pagedLists.withLock { lists in
      lists.removeAll { $0.expiry <= now }
      return lists.last { $0.token == token && $0.request == request }
    }
    guard let kept else { throw .expiredList(token) }
    return kept.objects
  }

  private func keep(
    _ objects: ArraySlice<StoredObject>,
    of request: String,
    _ token: ContinueToken
  ) {
    let list = PagedList(
      token: token,
      request: request,
      objects: objects,
      expiry: registry.clock.now().addingTimeInterval(Self.tokenLifetime)
    )
    pagedLists.withLock { lists in
      lists.append(list)
      if lists.count > Self.pagedListLimit { lists.removeFirst() }
    }
  }
}
