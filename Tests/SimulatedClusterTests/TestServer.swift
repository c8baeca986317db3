import Foundation
import Synchronization
import Testing
import WireFormats

@testable import SimulatedCluster

/// A clock that only a test moves.
final class ManualClock: Sendable {
  private let date = Mutex(Date(timeIntervalSince1970: 1_795_000_000))

  var clock: SimulatedClock { SimulatedClock { self.date.withLock { $0 } } }

  func advance(by seconds: Double) {
    date.withLock { $0.addTimeInterval(seconds) }
  }
}

/// An API server without a network, asked as a client would ask.
struct TestServer {
  let time = ManualClock()
  let registry: Registry
  let server: APIServer
  let world: World

  init(
    historyLimit: Int = 10_000,
    // A watch that ends at once had its last bookmark just before.
    bookmarks: BookmarkTiming = BookmarkTiming(lead: .zero),
    namespaces: [String] = ["payments", "shop"],
    kubelets: Kubelets = Kubelets(outages: nil)
  ) throws {
    registry = Registry(store: Store(historyLimit: historyLimit), clock: time.clock)
    server = APIServer(registry, token: "secret", bookmarks: bookmarks, kubelets: kubelets)
    world = World(registry)
    try EmptyScenario.buildNamespaces(namespaces, world)
  }

  struct Answer {
    let status: Int
    let headers: [String: String]
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func json() throws -> JSONValue { try JSONValue(parsing: bytes) }

    /// The lines of a watch.
    func lines() throws -> [JSONValue] {
      try text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }
  }

  func send(
    _ method: String,
    _ target: String,
    _ body: JSONValue? = nil,
    type: String = "application/json",
    accept: String = "application/json"
  ) async throws -> Answer {
    try await send(
      APIRequest(
        method,
        target,
        headers: [
          "Authorization": "Bearer secret", "Content-Type": type, "Accept": accept,
          "User-Agent": "test",
        ],
        body: body?.encoded() ?? []
      )
    )
  }

  /// Sends a request; `meanwhile` happens when its answer has begun.
  func send(
    _ request: APIRequest,
    meanwhile: () throws -> Void = {}
  ) async throws -> Answer {
    let response = await server.respond(to: request)
    try meanwhile()
    var bytes: [UInt8] = []
    switch response.body {
    case .whole(let whole): bytes = whole
    case .pieces(let source), .endless(let source):
      while let piece = try await source.next() { bytes += piece }
    }
    let headers = Dictionary(
      response.headers.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    return Answer(status: response.status, headers: headers, bytes: bytes)
  }

  func get(_ target: String, accept: String = "application/json") async throws -> JSONValue {
    try await send("GET", target, accept: accept).json()
  }

  /// An open watch, read piece by piece.
  func watch(_ target: String) async -> (any PieceSource)? {
    let request = APIRequest("GET", target, headers: ["Authorization": "Bearer secret"])
    guard case .endless(let source) = await server.respond(to: request).body else { return nil }
    return source
  }

  @discardableResult
  func createPod(
    _ name: String,
    namespace: String = "shop",
    labels: JSONValue = [:],
    node: String? = nil,
    finalizers: JSONValue? = nil
  ) async throws -> JSONValue {
    var pod = Sample.pod(name, labels: labels)
    if let node { pod[path: "spec", "nodeName"] = .string(node) }
    if let finalizers { pod[path: "metadata", "finalizers"] = finalizers }
    let answer = try await send("POST", "/api/v1/namespaces/\(namespace)/pods", pod)
    #expect(answer.status == 201)
    return try answer.json()
  }
}

/// Small objects to begin with.
enum Sample {
  static func pod(_ name: String, labels: JSONValue = [:]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": .string(name), "labels": labels],
      "spec": ["containers": [["name": "main", "image": "registry.example.com/shop/cart:1.4"]]],
    ]
  }

  static func configMap(_ name: String, _ data: JSONValue = [:]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": data,
    ]
  }

  static func deployment(_ name: String, replicas: Int64, image: String = "one") -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)],
      "spec": [
        "replicas": .integer(replicas), "selector": ["matchLabels": ["app": .string(name)]],
        "template": [
          "metadata": ["labels": ["app": .string(name)]],
          "spec": ["containers": [["name": "main", "image": .string(image)]]],
        ],
      ],
    ]
  }

  static func node(_ name: String, number: Int) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
      "spec": ["podCIDR": .string("10.244.\(number).0/24")],
      "status": [
        "conditions": [["type": "Ready", "status": "True"]],
        "addresses": [["type": "InternalIP", "address": .string("192.0.2.\(number)")]],
      ],
    ]
  }

  static func definition(_ plural: String, _ kind: String) -> JSONValue {
    var definition = ShopExtras.definition(plural, kind)
    definition["apiVersion"] = "apiextensions.k8s.io/v1"
    definition["kind"] = "CustomResourceDefinition"
    return definition
  }
}
