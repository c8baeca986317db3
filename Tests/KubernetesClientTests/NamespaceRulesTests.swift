import HTTP
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing
import WireFormats

/// What a review of rules says of lists and watches.
@Suite(.fewAtOnce) struct NamespaceRulesTests {
  private func verdict(_ rule: String, isIncomplete: Bool = false) throws -> NamespaceRules.Verdict
  {
    let text = #"{"resourceRules":[\#(rule)],"incomplete":\#(isIncomplete)}"#
    let rules = NamespaceRules(reading: try JSONValue(parsing: Array(text.utf8)))
    return rules.verdict(on: ["list", "watch"], of: .widgets)
  }

  @Test(
    "A rule must name verbs, group and resource, or all of them",
    arguments: [
      (#""verbs":["list","watch"],"apiGroups":["example.com"],"resources":["widgets"]"#, true),
      (#""verbs":["*"],"apiGroups":["*"],"resources":["*"]"#, true),
      (#""verbs":["list"],"apiGroups":["example.com"],"resources":["widgets"]"#, false),
      (#""verbs":["list","watch"],"apiGroups":[""],"resources":["widgets"]"#, false),
      (
        #""verbs":["list","watch"],"apiGroups":["example.com"],"resources":["widgets/status"]"#,
        false
      ),
      (
        #""verbs":["*"],"apiGroups":["*"],"resources":["*"],"resourceNames":["one"]"#, false
      ),
      ("", false),
    ]
  )
  func rule(text: String, isAllowed: Bool) throws {
    #expect(try verdict("{\(text)}") == (isAllowed ? .allowed : .forbidden))
    // What is not told may be allowed; what is told is.
    #expect(try verdict("{\(text)}", isIncomplete: true) == (isAllowed ? .allowed : .unknown))
  }

  @Test func severalRulesTogetherMayAllow() throws {
    let rules = ["list", "watch"].map { verb in
      #"{"verbs":["\#(verb)"],"apiGroups":["example.com"],"resources":["widgets"]}"#
    }
    #expect(try verdict(rules.joined(separator: ",")) == .allowed)
    #expect(try verdict(rules[0]) == .forbidden)
  }

  @Test func anAnswerWithoutRulesTellsNothing() {
    #expect(NamespaceRules(reading: [:]).verdict(on: ["list"], of: .pods) == .unknown)
    #expect(NamespaceRules.untold.verdict(on: ["list"], of: .pods) == .unknown)
  }

  @Test func theRecordedReviewIsAskedForAndRead() async throws {
    let exchange = try RecordedExchange("091")
    let server = try ScriptedServer { _ in [.answer(exchange.body, status: 201)] }
    defer { server.stop() }
    let client = KubernetesClient(
      ClusterConnection(contextName: "test", server: server.url),
      eventLoop: EventLoop(),
      userAgent: "kpatrol/test"
    )
    let rules = try await client.rules(in: "shop")
    #expect(rules.verdict(on: ["list", "watch"], of: .pods) == .allowed)
    #expect(rules.verdict(on: ["delete"], of: .pods) == .forbidden)
    #expect(rules.verdict(on: ["list"], of: .widgets) == .forbidden)
    let request = try #require(server.requests.first)
    #expect("POST \(request.target) HTTP/1.1" == exchange.requestLine)
    #expect(try JSONValue(parsing: request.body) == JSONValue(parsing: exchange.requestBody))
  }
}
