import RandomObjects
import Testing
import WireFormats

@testable import KubernetesObjects
@testable import SimulatedCluster

/// What a kind declares of its fields holds for both encodings: whatever an object says, its record is the
/// same, and each field of a record is read.
@Suite(.serialized) struct TypedRecordTests {
  /// Kinds that API servers send as JSON alone.
  private static let others: Set<String> = [
    "APIService", "ClusterPolicyReport", "ClusterReport", "Gateway", "HTTPRoute", "PolicyReport",
    "ReferenceGrant", "Report", "VerticalPodAutoscaler",
  ]

  @Test func theSchemaHasAllBuiltInKinds() {
    let names = Set(RandomObjects.kinds.map(\.resource.kind.name))
    #expect(names.union(Self.others) == Set(Kinds.all.map { $0.kind.name }))
  }

  @Test("Both encodings of an object give equal records", arguments: RandomObjects.kinds)
  func encodings(message: String, resource: APIResource) throws {
    let index = try #require(ProtobufSchema.shared.index(of: message))
    var seen: [String: Set<String>] = [:]
    // What one remembers of all objects before must not show.
    var pool = SharingPool()
    for seed in 0..<UInt64(300) {
      var maker = RandomObjects(seed: seed)
      let object = maker.object(message, of: resource).encoded()
      let bytes = ProtobufEncoder.encode(object, as: index)
      let left = try Self.decode(json: object.span.bytes, of: resource)
      let right = try Self.decode(protobuf: bytes.span.bytes, of: resource, sharing: &pool)
      let again = try Self.decode(protobuf: bytes.span.bytes, of: resource, sharing: &pool)
      guard left.record.isEqual(to: right.record), left.version == right.version,
        left.record.isEqual(to: again.record), left.version == again.version,
        left.record.references == right.record.references
      else {
        let changes = left.record.changes(since: right.record).map { change in
          "\(change.path): \(change.old) as protobuf, \(change.new) as JSON"
        }
        Issue.record("seed \(seed): \(changes)")
        return
      }
      for child in Mirror(reflecting: left.record).children {
        let value = (child.value as? any FieldWrapper)?.noticedValue ?? child.value
        seen[child.label ?? "", default: []].insert("\(value)")
      }
    }
    for (field, values) in seen {
      #expect(values.count > 1, "\(field) is never read.")
    }
  }

  @Test func bothEncodingsTellWhoSetAFinalizer() throws {
    let object: JSONValue = [
      "metadata": [
        "name": "a", "deletionTimestamp": "2026-11-23T12:00:00Z", "finalizers": ["a.io/hold"],
        "managedFields": [
          [
            "manager": "operator", "fieldsType": "FieldsV1",
            "fieldsV1": ["f:metadata": ["f:finalizers": ["v:\"a.io/hold\"": [:]]]],
          ], ["manager": "kubelet", "fieldsV1": ["f:status": ["f:phase": [:]]]],
        ],
      ]
    ]
    let (message, resource) = try #require(
      RandomObjects.kinds.first { $0.message == "core.v1.Pod" }
    )
    let index = try #require(ProtobufSchema.shared.index(of: message))
    let json = object.encoded()
    let protobuf = ProtobufEncoder.encode(json, as: index)
    for snapshot in [
      try Self.decode(json: json.span.bytes, of: resource),
      try Self.decode(protobuf: protobuf.span.bytes, of: resource),
    ] {
      #expect(snapshot.record.metadata.finalizerManagers == ["a.io/hold": "operator"])
      #expect(snapshot.version.manager == "kubelet")
    }
  }

  private static func decode(json: RawSpan, of resource: APIResource) throws -> ObjectSnapshot {
    var pool = SharingPool()
    var reader = FieldReader(JSONReader(json))
    return try ObjectDecoder().decode(&reader, of: resource, sharing: &pool)
  }

  private static func decode(protobuf: RawSpan, of resource: APIResource) throws -> ObjectSnapshot {
    var pool = SharingPool()
    return try decode(protobuf: protobuf, of: resource, sharing: &pool)
  }

  private static func decode(
    protobuf: RawSpan,
    of resource: APIResource,
    sharing pool: inout SharingPool
  ) throws -> ObjectSnapshot {
    var reader = FieldReader(protobuf, protobufMessage: 0..<protobuf.byteCount)
    return try ObjectDecoder().decode(&reader, of: resource, sharing: &pool)
  }
}
