import NameMatching
import Testing

@Suite struct NamePatternTests {
  @Test(
    "A pattern matches whole names, and case counts",
    arguments: [
      ("*prod*", "prod", true), ("*prod*", "arn:aws:eks:eu/prod-1", true),
      ("*prod*", "Prod", false), ("prod", "prod-eu", false), ("kube-*", "kube-system", true),
      ("kube-*", "kube", false), ("a[1]", "a[1]", true), ("a[1]", "a1", true), ("*", "", true),
      ("?", "ü", true), ("[a-", "[a-", true),
    ]
  )
  func matches(pattern: String, name: String, isMatch: Bool) {
    #expect(NamePattern(pattern).matches(name) == isMatch)
  }

  @Test(
    "What makes no glob is told",
    arguments: [
      ("", "it is empty"), ("prod-[", "its [ has no ]; write [[] for the character itself"),
      ("[]", "its [ has no ]; write [[] for the character itself"),
      ("[z-a]", "its range z-a is backwards"), ("[[]", nil), ("[]a]", nil), ("[!a-z]*?", nil),
      ("[a-]", nil), ("plain", nil),
    ]
  )
  func problem(pattern: String, problem: String?) {
    #expect(NamePattern(pattern).problem == problem)
  }
}

@Suite struct NearestNameTests {
  @Test(
    "What was probably meant differs in few letters",
    arguments: [
      ("contxts", "contexts"), ("Theme", "theme"), ("them", "theme"), ("tehme", "theme"),
      ("x", nil),
      ("readonlycontexts", "readOnlyContexts"), ("", nil),
    ]
  )
  func nearest(name: String, expected: String?) {
    #expect(name.nearest(of: ["contexts", "theme", "readOnlyContexts"]) == expected)
  }
}
