import NameMatching
import Testing

@Suite struct FuzzyMatchTests {
  @Test("What fits better comes first")
  func order() throws {
    let names = ["po", "pods", "mypods", "redis-po", "endpoints", "puddle-o"]
    let matches = try names.shuffled().map { (try #require(FuzzyMatch("po", in: $0)), $0) }
    let sorted = matches.sorted { $0.0 < $1.0 }.map(\.1)
    #expect(sorted == ["po", "pods", "redis-po", "mypods", "endpoints", "puddle-o"])
  }

  @Test("Without all letters in their order there is no match", arguments: ["sdop", "podsx", "z"])
  func misses(typed: String) { #expect(FuzzyMatch(typed, in: "pods") == nil) }

  @Test func caseDoesNotMatter() {
    #expect(FuzzyMatch("POD", in: "pods") == FuzzyMatch("pod", in: "Pods"))
    #expect(FuzzyMatch("nwpol", in: "NetworkPolicies")?.isScattered == true)
    #expect(FuzzyMatch("", in: "pods")?.isScattered == false)
  }
}
