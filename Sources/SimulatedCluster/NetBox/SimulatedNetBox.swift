import Synchronization
import WireFormats

/// A NetBox on the simulated API server's own port, under `/netbox`, that knows the cluster's machines
/// and addresses: as much of its REST API as readers of inventories need.
final class SimulatedNetBox: Sendable {
  /// The collections that there are, by their paths below `/netbox/api`.
  enum Collection: String, Sendable, CaseIterable {
    case devices = "dcim/devices"
    case addresses = "ipam/ip-addresses"
    case prefixes = "ipam/prefixes"
    case virtualMachines = "virtualization/virtual-machines"

    /// The field by which its records are known.
    var nameField: String {
      switch self {
      case .devices, .virtualMachines: "name"
      case .addresses: "address"
      case .prefixes: "prefix"
      }
    }
  }

  private struct State {
    var records: [Collection: [JSONValue]] = [:]
    var version = 1
    var lastID: Int64 = 0
  }

  /// What NetBox calls the cluster, wherever that runs.
  static let clusterName = "shop"
  private static let defaultPageSize = 50
  private static let largestPageSize = 1000

  private let token: String
  private let state = Mutex(State())

  init(token: String) { self.token = token }

  /// Adds a record, or changes the one of its name; identity is made where it lacks.
  func put(_ record: JSONValue, in collection: Collection) {
    state.withLock { state in
      state.version += 1
      var records = state.records[collection] ?? []
      let name = record[collection.nameField]
      if let index = records.firstIndex(where: { $0[collection.nameField] == name }) {
        var new = record
        new["id"] = records[index]["id"]
        records[index] = new
      } else {
        state.lastID += 1
        var new = record
        new["id"] = .integer(state.lastID)
        records.append(new)
      }
      state.records[collection] = records
    }
  }

  func change(
    _ name: String,
    in collection: Collection,
    _ edit: (inout JSONValue) -> Void
  ) {
    state.withLock { state in
      let index = state.records[collection]?.firstIndex {
        $0[collection.nameField]?.stringValue == name
      }
      guard let index else { return }
      state.version += 1
      state.records[collection]?[index].edit(edit)
    }
  }

  func remove(_ name: String, from collection: Collection) {
    state.withLock { state in
      state.version += 1
      state.records[collection]?.removeAll { $0[collection.nameField]?.stringValue == name }
    }
  }

  /// The answer to a request below `/netbox`; `nil` for any other.
  func answer(_ request: APIRequest) -> APIResponse? {
    guard request.segments.first == "netbox" else { return nil }
    guard request.headers["authorization"] == "Token \(token)" else {
      return .json(["detail": "Authentication credentials were not provided."], status: 403)
    }
    let path = request.segments.dropFirst().joined(separator: "/")
    if path.hasPrefix("api/"), let (collection, id) = Self.record(at: path.dropFirst(4)) {
      return answer(request, about: id, in: collection)
    }
    guard request.method == "GET" else {
      return .json(["detail": "Method \"\(request.method)\" not allowed."], status: 405)
    }
    guard path.hasPrefix("api/"), let collection = Collection(rawValue: String(path.dropFirst(4)))
    else { return Self.notFound }
    let (records, version) = state.withLock { ($0.records[collection] ?? [], $0.version) }
    let entityTag = "\"\(version)\""
    if request.headers["if-none-match"] == entityTag {
      return APIResponse(status: 304, headers: [("ETag", entityTag)], body: .whole([]))
    }
    let limit = request.query.integer("limit") ?? Self.defaultPageSize
    let size = min(max(1, limit), Self.largestPageSize)
    let offset = max(0, request.query.integer("offset") ?? 0)
    let host = request.headers["host"] ?? "localhost"
    func link(_ offset: Int) -> JSONValue {
      // As NetBox does behind a proxy that ends TLS: it does not know that clients use https.
      .string("http://\(host)\(request.path)?limit=\(size)&offset=\(offset)")
    }
    var response = APIResponse.json([
      "count": .integer(Int64(records.count)),
      "next": offset + size < records.count ? link(offset + size) : .null,
      "previous": offset > 0 ? link(max(0, offset - size)) : .null,
      "results": .array(Array(records.dropFirst(offset).prefix(size))),
    ])
    response.headers.append(("ETag", entityTag))
    return response
  }
}

// MARK: - Single records

extension SimulatedNetBox {
  private static var notFound: APIResponse { .json(["detail": "Not found."], status: 404) }

  /// The record that a path below `/netbox/api/` means.
  private static func record(at path: Substring) -> (Collection, id: Int64)? {
    guard let slash = path.lastIndex(of: "/"), let id = Int64(path[path.index(after: slash)...]),
      let collection = Collection(rawValue: String(path[..<slash]))
    else { return nil }
    return (collection, id)
  }

  /// Answers with a record, changes it or forgets it.
  private func answer(
    _ request: APIRequest,
    about id: Int64,
    in collection: Collection
  ) -> APIResponse {
    state.withLock { state in
      let position = state.records[collection]?.firstIndex { $0["id"] == .integer(id) }
      guard let position, let record = state.records[collection]?[position] else {
        return Self.notFound
      }
      switch request.method {
      case "GET": return .json(record)
      case "DELETE":
        state.version += 1
        state.records[collection]?.remove(at: position)
        return APIResponse(status: 204, body: .whole([]))
      case "PATCH":
        guard case .object(let changes)? = try? JSONValue(parsing: request.body) else {
          return .json(["detail": "JSON parse error"], status: 400)
        }
        var changed = record
        for (name, value) in changes {
          // Read as a choice, and written as its value alone.
          let isChoice = record[name]?["value"] != nil
          changed[name] = isChoice ? NetBoxRecords.choice(value.stringValue ?? "") : value
        }
        state.version += 1
        state.records[collection]?[position] = changed
        return .json(changed)
      default:
        return .json(["detail": "Method \"\(request.method)\" not allowed."], status: 405)
      }
    }
  }
}

extension JSONValue {
  fileprivate mutating func edit(_ body: (inout JSONValue) -> Void) { body(&self) }
}
