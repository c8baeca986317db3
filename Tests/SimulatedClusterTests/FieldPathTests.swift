import RandomObjects
import Testing

@testable import KubernetesObjects
@testable import SimulatedCluster

/// Changes are told by the paths that the API has, whatever a record calls its properties.
@Suite struct FieldPathTests {
  private static let schema = ProtobufSchemaParser(ProtobufSchemaTable.text)

  @Test("Each change's path is one of the API", arguments: RandomObjects.kinds)
  func paths(message: String, resource: APIResource) throws {
    var unknown: Set<String> = []
    for seed in 0..<UInt64(100) {
      var maker = RandomObjects(seed: seed)
      let old = try maker.snapshot(message, of: resource).record
      let new = try maker.snapshot(message, of: resource).record
      for change in new.changes(since: old) {
        #expect(change.old.count <= 60 && change.new.count <= 60)
        if !Self.isPath(change.path, of: message) { unknown.insert(change.path) }
      }
    }
    #expect(unknown.isEmpty)
  }

  /// Whether the schema has such a path; names in brackets stand for elements, and remarks for nothing.
  private static func isPath(_ path: String, of message: String) -> Bool {
    let names = path.replacing(#/\[[^\]]*\]/#, with: "").replacing(#/\ \(.*\)/#, with: "")
    var type = message
    for name in names.split(separator: ".") {
      guard let field = field(String(name), of: type) else { return false }
      type = field
    }
    return true
  }

  /// The type of a field, which may be one of a message that JSON flattens.
  private static func field(_ name: String, of message: String) -> String? {
    guard let index = schema.indices[message] else { return nil }
    for entry in schema.entries[index] {
      if entry.name == name { return entry.type }
      if entry.name == nil, let type = field(name, of: entry.type) { return type }
    }
    return nil
  }
}
