import ObjectBuilders
import Testing

@testable import ClusterGraph

/// Patterns that are found by an automaton beside the same found by Swift's own library.
@Suite struct PatternAutomatonTests {
  private static func pattern(_ depth: Int, using random: inout SeededGenerator) -> String {
    let atoms = ["a", "b", "-", "1", ".", "[ab]", "[^a]", "[a-c1-3-]", #"\d"#, #"\w"#, #"\."#, "B"]
    guard depth > 0 else { return atoms.randomElement(using: &random) ?? "a" }
    func inner() -> String { pattern(depth - 1, using: &random) }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return inner() + inner()
    case 1: return "(\(inner())|\(inner()))"
    case 2: return "(?:\(inner()))*"
    case 3: return "(\(inner()))+"
    case 4: return "(\(inner()))?" + inner()
    case 5: return "(\(inner())){1,3}"
    case 6: return "^" + inner()
    case 7: return inner() + "$"
    default: return inner() + inner() + inner()
    }
  }

  @Test(arguments: 1...400)
  func itFindsWhatSwiftsOwnFinds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let source = Self.pattern(Int.random(in: 0...3, using: &random), using: &random)
    let automaton = try #require(PatternAutomaton(source), "\(source)")
    let regex = try Regex(source).ignoresCase().matchingSemantics(.unicodeScalar)
    for _ in 0..<60 {
      let length = Int.random(in: 0...8, using: &random)
      let text = String((0..<length).map { _ in "abcAB-1.".randomElement(using: &random) ?? "a" })
      #expect(
        automaton.matches(text) == (try regex.firstMatch(in: text) != nil),
        "\(source) in \(text)"
      )
    }
  }

  @Test(
    "What automata do not take is left to Swift's own",
    arguments: [
      #"\bweb"#, "(?=a)", "(?i)a", #"(a)\1"#, "é", "a*+", "[[:digit:]]", "[a&&b]", "a{99}", "(a",
      #"\p{L}"#, "a{,3}", "[z-a]", "^*",
    ]
  )
  func leaves(source: String) { #expect(PatternAutomaton(source) == nil) }

  @Test func textBeyondASCIIIsLeftToo() throws {
    let automaton = try #require(PatternAutomaton("a.b"))
    #expect(automaton.matches("aéb") == nil && automaton.matches("axb") == true)
    #expect(try FilterPattern("a.b$").matches("aéb"))
  }

  @Test func whatWouldTakeForEverTakesNoTime() throws {
    let pattern = try FilterPattern("^(a+)+(a+)+(a+)+$")
    #expect(!pattern.matches(String(repeating: "a", count: 60) + "b"))
  }
}
