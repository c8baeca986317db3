import ObjectBuilders
import Testing
import WireFormats

@testable import KubernetesObjects
@testable import SimulatedCluster

/// What a kind declares of its fields holds for both encodings: whatever an object says, its record is the
/// same, and each field of a record is read.
@Suite struct TypedRecordTests {
  /// The kinds that the schema has, with the names of their messages.
  private static let messages: [String] = Kinds.all.compactMap { type in
    let group = type.kind.group.split(separator: ".").first ?? "core"
    let versions = ["v1", "v2"].map { "\(group).\($0).\(type.kind.name)" }
    return versions.last { ProtobufSchema.shared.index(of: $0) != nil }
  }

  /// Kinds that API servers send as JSON alone.
  private static let others: Set<String> = ["Gateway", "HTTPRoute", "APIService"]

  @Test func theSchemaHasAllBuiltInKinds() {
    let names = Set(Self.messages.compactMap { $0.split(separator: ".").last.map(String.init) })
    #expect(names.union(Self.others) == Set(Kinds.all.map { $0.kind.name }))
  }

  @Test("Both encodings of an object give equal records", arguments: messages)
  func encodings(message: String) throws {
    let index = try #require(ProtobufSchema.shared.index(of: message))
    let resource = try Self.resource(of: message)
    var seen: [String: Set<String>] = [:]
    for seed in 0..<UInt64(300) {
      var maker = SchemaObject(seed: seed)
      let made = maker.make(message)
      let object = try #require(made).encoded()
      let bytes = ProtobufEncoder.encode(object, as: index)
      let left = try Self.decode(json: object.span.bytes, of: resource)
      let right = try Self.decode(protobuf: bytes.span.bytes, of: resource)
      guard left.record.isEqual(to: right.record), left.version == right.version,
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

  private static func decode(json: RawSpan, of resource: APIResource) throws -> ObjectSnapshot {
    var pool = SharingPool()
    var reader = FieldReader(JSONReader(json))
    return try ObjectDecoder().decode(&reader, of: resource, sharing: &pool)
  }

  private static func decode(protobuf: RawSpan, of resource: APIResource) throws -> ObjectSnapshot {
    var pool = SharingPool()
    var reader = FieldReader(protobuf, protobufMessage: 0..<protobuf.byteCount)
    return try ObjectDecoder().decode(&reader, of: resource, sharing: &pool)
  }

  private static func resource(of message: String) throws -> APIResource {
    let name = message.split(separator: ".").last.map(String.init)
    let type = try #require(Kinds.all.first { $0.kind.name == name })
    return APIResource(
      kind: type.kind,
      version: "v1",
      plural: type.kind.name.lowercased() + "s",
      isNamespaced: true,
      verbs: ["list", "watch"]
    )
  }
}
