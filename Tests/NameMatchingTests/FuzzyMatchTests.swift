import NameMatching
import Testing

@Suite struct FuzzyMatchTests {
  @Test("What fits better comes first")
  func order() throws {
    let names = ["po", "pods", "mypods", "redis-po", "endpoints", "puddle-o"]
    let matches = try names.shuffled().map { (try #require(FuzzyPattern("po").match($0)), $0) }
    let sorted = matches.sorted { $0.0 < $1.0 }.map(\.1)
    #expect(sorted == ["po", "pods", "redis-po", "mypods", "endpoints", "puddle-o"])
  }

  @Test("Without all letters in their order there is no match", arguments: ["sdop", "podsx", "z"])
  func misses(typed: String) { #expect(FuzzyPattern(typed).match("pods") == nil) }

  @Test func caseDoesNotMatter() {
    #expect(FuzzyPattern("POD").match("pods") == FuzzyPattern("pod").match("Pods"))
    #expect(FuzzyPattern("nwpol").match("NetworkPolicies")?.isScattered == true)
    #expect(FuzzyPattern("").match("pods")?.isScattered == false)
  }
}
