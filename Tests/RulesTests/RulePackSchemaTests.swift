import Foundation
import Rules
import Testing
import WireFormats

/// The schema that editors get.
@Suite struct RulePackSchemaTests {
  private static let path: String = {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return tests.joined(separator: "/") + "/rules/rulepack.schema.json"
  }()

  @Test func theFileIsWhatTheReaderKnows() throws {
    let object = try JSONSerialization.jsonObject(with: Data(RulePackSchema.json.encoded()))
    let data = try JSONSerialization.data(
      withJSONObject: object,
      options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    )
    let text = String(decoding: data, as: UTF8.self) + "\n"
    if ProcessInfo.processInfo.environment["KPATROL_WRITE_DOCS"] != nil {
      try Data(text.utf8).write(to: URL(filePath: Self.path))
    }
    #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == text)
  }

  @Test func itKnowsNestedKeys() {
    let rule = RulePackSchema.json["properties"]?["rules"]?["items"]
    #expect(rule?["required"]?.arrayValue?.contains("when") == true)
    #expect(rule?["properties"]?["match"]?["properties"]?["kinds"]?["type"] == "array")
    let target = RulePackSchema.json["properties"]?["references"]?["items"]?["properties"]?["to"]
    #expect(target?["items"]?["anyOf"]?.arrayValue?.count == 2)
  }
}
