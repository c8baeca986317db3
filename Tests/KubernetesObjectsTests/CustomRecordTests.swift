import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

/// What is read of custom objects, whose fields nobody has declared.
@Suite struct CustomRecordTests {
  private static func decode(_ text: String) throws -> CustomRecord {
    var pool = SharingPool()
    var reader = FieldReader(JSONReader(text.utf8.span.bytes))
    let snapshot = try ObjectDecoder().decode(&reader, of: .widgets, sharing: &pool)
    return try #require(snapshot.record as? CustomRecord)
  }

  @Test func conditionsAndTheObservedGenerationAreRead() throws {
    let record = try Self.decode(
      """
      {"metadata":{"name":"w","namespace":"shop","generation":3},"status":{"observedGeneration":2,
      "conditions":[{"type":"Ready","status":"False","reason":"Broken","message":"no",
      "lastTransitionTime":"2026-11-23T12:00:00Z","observedGeneration":1}]}}
      """
    )
    #expect(record.observedGeneration == 2 && record.metadata.generation == 3)
    let ready = try #require(record.conditions["Ready"])
    #expect(ready.status == .isFalse && ready.reason == "Broken" && ready.message == "no")
    #expect(ready.lastTransitionTime == .noon)
  }

  @Test(
    "What has another form than usual is left out",
    arguments: [
      #"{"metadata":{"name":"w"},"status":"fine"}"#,
      #"{"metadata":{"name":"w"},"status":{"conditions":"none","observedGeneration":"3"}}"#,
      #"{"metadata":{"name":"w"},"status":{"conditions":["Ready",{"status":true},null]}}"#,
      #"{"metadata":{"name":"w"},"spec":7,"status":null}"#,
    ]
  )
  func otherForms(text: String) throws {
    let record = try Self.decode(text)
    #expect(record.metadata.name == "w")
    #expect(record.conditions.isEmpty && record.observedGeneration == nil)
  }

  @Test func namesThatItMentionsAreReferencesThatMayBeAbsent() throws {
    let record = try Self.decode(
      """
      {"metadata":{"name":"w","namespace":"shop"},"spec":{"secretName":"tls","title":"no name",
      "database":{"passwordSecretRef":{"key":"p","name":"db","namespace":"data"}},
      "valuesFrom":[{"kind":"ConfigMap","name":"values"}],"sourceRef":{"name":"any"},
      "template":{"spec":{"containers":[{"name":"main"}],"serviceAccountName":"robot"}}}}
      """
    )
    let mentions = record.references.filter { $0.relation == .mention }
    #expect(!mentions.contains { !$0.isOptional })
    #expect(
      Set(mentions.map(\.target.description)) == [
        "Secret shop/tls", "Secret data/db", "ConfigMap shop/values", "ServiceAccount shop/robot",
        "Secret shop/any", "ConfigMap shop/any", "ServiceAccount shop/any",
      ]
    )
  }

  @Test func manyAndDeepMentionsAreBounded() throws {
    let names = (0..<500).map { #"{"secretName":"s\#($0)"}"# }.joined(separator: ",")
    let many = try Self.decode(#"{"metadata":{"name":"w"},"spec":{"all":[\#(names)]}}"#)
    #expect(many.mentions.count == 64)
    let deep = String(repeating: #"{"a":"#, count: 100) + #"{"secretName":"s"}"#
    let text = #"{"metadata":{"name":"w"},"spec":"# + deep + String(repeating: "}", count: 101)
    #expect(try Self.decode(text).mentions.isEmpty)
  }
}
