import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct FilterExpressionTests {
  private static let columns = [
    FilterColumn("check", isPath: true), FilterColumn("namespace", "ns"), FilterColumn("severity"),
  ]

  private func parse(_ text: String) throws -> FilterExpression {
    try FilterExpression(parsing: text, columns: Self.columns)
  }

  /// Whether a filter lets a row through that has one text beside its columns.
  private func lets(_ filter: String, _ text: String) throws -> Bool {
    try parse(filter).matches { test, column in
      switch column {
      case "check": test.matches("risk/quota-full")
      case "namespace": test.matches("shop")
      case "severity": test.matches("warning")
      default:
        test.matches(text) || test.matches(Labels(["app": "cart", "tier": "web"]))
      }
    }
  }

  @Test(
    "A filter lets through what it says",
    arguments: [
      ("", "web-1", true), ("web", "web-1", true), ("WEB 1", "web-1", true),
      ("web 2", "web-1", false), ("!web", "web-1", false), ("!api web", "web-1", true),
      ("!", "x", true),
      ("^web", "web-1", true), ("^eb", "web-1", false), ("web-[0-9]$", "web-1", true),
      ("!^web", "web-1", false), ("10.2.3.4", "10x2x3x4", false), ("/10.2/", "1032", true),
      (#""web-1 is" down"#, "web-1 is down", true), (#""1 web""#, "web-1", false),
      (#""a|b""#, "a|b", true), (#""a|b""#, "a", false), ("a|b", "a", true),
      (#""!x""#, "a!x", true),
      ("-f wb1", "web-1", true), ("-f bw", "web-1", false), ("-f", "web-1", true),
      ("-l app=cart", "x", true), ("-l app=web", "x", false), ("-l", "x", true),
      ("-l app=cart,tier in (web, api) x", "x", true), ("-l tier in (db,api)", "x", false),
      ("-l app = cart y", "x", false), ("namespace:sho", "x", true), ("ns:SHOP x", "x", true),
      ("!namespace:shop", "x", false), ("namespace:x", "x", false), ("severity:", "x", true),
      ("check:risk", "x", true), ("check:risk/quota", "x", false),
      ("check:risk/QUOTA-full", "x", true),
      ("check:risk/quota.*", "x", true), (#"check:"risk/quota""#, "x", true),
      ("straße", "STRAßE", true), (#""nginx:1.2""#, "nginx:1.21", true), ("(a|b) c", "a c", true),
    ]
  )
  func letsThrough(filter: String, text: String, isLet: Bool) throws {
    #expect(try lets(filter, text) == isLet)
  }

  @Test(
    "What is no filter is said with what helps",
    arguments: [
      ("severty:x", #"no column severty; did you mean severity:? "severty:x" looks for the text"#),
      (
        "nginx:1.21",
        #"no column nginx here, but check, namespace, severity; "nginx:1.21" looks for the text"#
      ),
      (#""web"#, "the quote does not end"), ("-l app in (a", "app in (a lacks its )"),
      (String(repeating: "a*", count: 101), "a regular expression has 200 characters at most"),
    ]
  )
  func says(filter: String, sentence: String) {
    #expect(throws: FilterMistake.self) { try parse(filter) }
    do {
      _ = try parse(filter)
    } catch {
      #expect("\(error)" == sentence)
    }
  }

  @Test(
    "What is no regular expression is said with the reason",
    arguments: ["(a", "a)", "[", "*a", "a{2,1}"]
  )
  func irregular(filter: String) throws {
    let mistake = try #require(throws: FilterMistake.self) { try parse(filter) }
    #expect("\(mistake)".hasPrefix("\(filter) is no regular expression: "))
  }

  @Test(
    "A filter narrows another where whatever it lets through, that does too",
    arguments: [
      ("web", "", true), ("web", "we", true), ("we", "web", false), ("web a", "web", true),
      ("web", "web a", false), ("!we", "!web", true), ("!web", "!we", false),
      ("!web", "web", false), ("ns:ab", "ns:a", true), ("ns:ab", "a", false), ("^a", "^a", true),
      ("^ab", "^a", false), ("-l a=b x", "-l a=b", true),
    ]
  )
  func narrows(filter: String, other: String, narrows: Bool) throws {
    #expect(try parse(filter).narrows(parse(other)) == narrows)
  }

  @Test func aColumnThatAllRowsHaveAlikeIsResolved() throws {
    let filter = try parse("ns:shop web")
    #expect(filter.resolving(column: "namespace", as: "shop") == (try parse("web")))
    let other = filter.resolving(column: "namespace", as: "bank")
    #expect(!other.matches { test, _ in test.matches("web") })
    #expect(filter.resolving(column: "check", as: "x") == filter)
  }
}
