import WireFormats

/// What an agent covers, as `GET /api/v1/coverage` tells it.
struct CoverageDocument: Sendable {
  let shard: Shard
  let held: [Int]
  /// Whether all that is held is listed and inspected.
  let isCovering: Bool
  let isStandingBy: Bool
  /// As what it holds Leases; `nil` where it needs none.
  let identity: String?
  let leases: [String]
  let leaseNamespace: String?
  let clusters: [String]

  var json: JSONValue {
    var value: JSONValue = [
      "apiVersion": .string(FindingDocument.apiVersion), "kind": "Coverage",
      "shard": .integer(Int64(shard.index)), "shards": .integer(Int64(shard.count)),
      "held": .array(held.map { .integer(Int64($0)) }), "complete": .boolean(isCovering),
      "standingBy": .boolean(isStandingBy), "clusters": .array(clusters.map { .string($0) }),
    ]
    if let identity { value["identity"] = .string(identity) }
    if let leaseNamespace {
      value["leases"] = [
        "namespace": .string(leaseNamespace), "names": .array(leases.map { .string($0) }),
      ]
    }
    return value
  }
}
