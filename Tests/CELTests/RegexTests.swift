import Testing

@testable import CEL

struct RegexTests {
  @Test(
    "Patterns match as RE2's do",
    arguments: [
      ("a.c", "abc", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
      ("^b", "a\nb", false),
      ("(?m)^b$", "a\nb\nc", true), ("(?i)straße", "STRAßE", true), ("(?i)[a-z]+$", "ABC", true),
      ("(?i:a)b", "Ab", true),
      ("(?i:a)b", "AB", false), ("a{2,3}$", "aaaa", true), ("^a{2,3}$", "aaaa", false),
      ("^a{2}$", "aa", true),
      ("^a{2,}$", "aaaaa", true), ("a{,2}", "a{,2}", true), ("^x{0}$", "", true),
      ("\\bfoo\\b", "a foo b", true), ("\\bfoo\\b", "afoob", false),
      ("\\Boo", "foo", true), ("\\d+\\s\\w", "12 a", true), ("^\\D\\S\\W$", "a-!", true),
      ("[^a-c]", "abc", false),
      ("[]a]", "]", true), ("[a\\]]", "]", true), ("[a-]", "-", true),
      ("[[:alpha:]]+[[:^digit:]]", "ab", true),
      ("^[\\d\\-x]+$", "1-x", true), ("[\\D]", "1", false), ("\\p{Lu}\\pL", "Aa", true),
      ("\\P{Lu}", "A", false), ("^\\p{^Lu}$", "a", true),
      ("^\\p{Greek}+$", "αβγ", true), ("\\p{Greek}", "abc", false), ("^\\P{Greek}$", "a", true),
      ("^\\p{^Latin}$", "я", true), ("^[\\p{Cyrillic}\\d]+$", "яд1", true),
      ("^[^\\p{Han}]$", "漢", false), ("(?i)^\\p{Deseret}$", "𐐨", true),
      ("^\\p{Common}\\p{Old_Italic}\\p{Kawi}$", "1𐌀𑼂", true),
      ("\\x41\\x{1F600}", "A😀", true), ("\\Qa.b\\E+", "a.bb", true), ("a|b|", "", true),
      ("(a|ab)(c|bcd)$", "abcd", true),
      ("\\Aa\\z", "a", true), ("\\Aa\\z", "a\n", false), ("()", "", true),
      ("(?P<n>a)(?<m>b)", "ab", true), ("\\.\\*\\/", ".*/", true),
      ("\\101", "A", true), ("é", "e\u{301}", false), ("(a*)*$", "aaa", true),
      ("(a*)+b", "b", true), ("[[:word:]]", "_", true),
    ]
  )
  func matches(pattern: String, text: String, expected: Bool) throws {
    let evaluation = Evaluation(variables: [CELValue?](), localCount: 0, limit: 1_000_000)
    #expect(try CELRegex(pattern).matches(text, evaluation) == expected)
  }

  @Test(
    "What is no pattern of RE2's is refused",
    arguments: [
      "(", ")", "[", "[a", "a**", "*a", "+", "a{2,1}", "a{1001}", "\\", "\\8", "\\1", "(?=a)",
      "(?<!a)", "(?P=n)", "(?x)a",
      "[b-a]", "[[:nope:]]", "\\p{Nope}", "\\p{Greek", "\\xZ", "\\x{110000}", "(?P<a>.)(?P<a>.)",
      "\\q", "(?i", "\\C",
    ]
  )
  func refused(pattern: String) {
    #expect(throws: CELError.self) { try CELRegex(pattern) }
  }

  @Test("More groups than anybody has are refused")
  func manyGroups() {
    #expect(throws: CELError.self) { try CELRegex(String(repeating: "()", count: 101)) }
    #expect(throws: Never.self) { try CELRegex(String(repeating: "()", count: 100)) }
  }

  @Test(
    "Of several matches, the first alternative counts, and the longest only where it is preferred",
    arguments: [
      ("(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]),
      ("(a+?)(a*)", "aaa", ["aaa", "a", "aa"]),
      ("(a+)(a*)", "aaa", ["aaa", "aaa", ""]), ("x*", "axx", [""]), ("(|a)*", "aa", ["", ""]),
      ("(|a)+", "aa", ["", ""]),
      ("(?U)(a+)", "aaa", ["a", "a"]), ("(b)?c", "ac", ["c", "-"]),
      ("(a|b)*", "abab", ["abab", "b"]), ("(é)(.)", "xéy", ["éy", "é", "y"]),
    ]
  )
  func groups(pattern: String, text: String, expected: [String]) throws {
    let evaluation = Evaluation(variables: [CELValue?](), localCount: 0, limit: 1_000_000)
    let content = CELRegex.Text(text)
    let match = try #require(try CELRegex(pattern).matches(in: content, limit: 1, evaluation).first)
    #expect(match.map { $0.map { content[$0] } ?? "-" } == expected)
  }
}
