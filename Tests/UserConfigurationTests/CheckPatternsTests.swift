import Inspection
import Testing
import UserConfiguration

@Suite struct CheckPatternsTests {
  private static let ids: [CheckID] = ["conflict/pod-address", "risk/node-port", "risk/quota"]

  @Test(
    "Patterns say which checks are meant",
    arguments: [
      ([], "conflict/pod-address risk/node-port risk/quota"),
      (["risk/*"], "risk/node-port risk/quota"),
      (["risk/quota", "conflict/*"], "conflict/pod-address risk/quota"),
      (["!risk/*"], "conflict/pod-address"), (["risk/*", "!*/quota"], "risk/node-port"),
      (["*", "!*"], ""),
    ]
  )
  func meaning(patterns: [String], meant: String) throws {
    let patterns = try CheckPatterns(patterns, among: Self.ids)
    let names = Self.ids.filter(patterns.includes).map(\.description)
    #expect(names.joined(separator: " ") == meant)
  }

  @Test(
    "What means no check is told",
    arguments: [
      ("risk/quotas", #"There is no check "risk/quotas"; did you mean risk/quota?"#),
      ("!drift/*", #"There is no check "drift/*"; kpatrol checks lists all."#),
      (
        "risk/[",
        #""risk/[" is no id of a check: its [ has no ]; write [[] for the character itself."#
      ),
      ("", #""" is no id of a check: it is empty."#),
    ]
  )
  func mistake(pattern: String, sentence: String) {
    let error = #expect(throws: UnknownCheck.self) {
      try CheckPatterns([pattern], among: Self.ids)
    }
    #expect(error?.description == sentence)
  }
}
