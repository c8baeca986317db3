import Testing

@testable import UserConfiguration

/// How agents are configured.
@Suite struct AgentSettingsTests {
  private static func file(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(parsing: text, path: "f.yaml", checks: [])
  }

  private static let text = """
    agents:
      - url: https://agent.example.com:8481/
        tokenCommand: [cat, token]
        certificateAuthority: /etc/ca.pem
        contexts: { shop: shop-admin, "a: b": c }
      - url: http://127.0.0.1:8481
        tokenFile: token
    """

  @Test func allOfItIsRead() throws {
    let agents = try Self.file(Self.text).settings.agents
    #expect(agents.map(\.url.text) == ["https://agent.example.com:8481", "http://127.0.0.1:8481"])
    #expect(agents.map(\.url.place) == ["agent.example.com:8481", "127.0.0.1:8481"])
    #expect(agents.map(\.token) == [.command(["cat", "token"]), .file("token")])
    #expect(agents[0].certificateAuthority == "/etc/ca.pem")
    #expect(agents[0].contexts == ["shop": "shop-admin", "a: b": "c"])
  }

  @Test func whatIsShownIsReadAsTheSame() throws {
    let file = try Self.file(Self.text)
    let shown = SettingsText(file, checks: []).agents.joined(separator: "\n")
    #expect(try Self.file(shown).settings.agents == file.settings.agents)
  }

  @Test(
    "A mistake is told with its place",
    arguments: [
      ("agents: [{}]", "f.yaml:1:10: agents[0].url: it is missing"),
      (
        "agents:\n  - url: http://agent.example.com",
        #"f.yaml:2:10: agents[0].url: "http://agent.example.com" would send findings and tokens to "#
          + "agent.example.com as plain text; write https://"
      ),
      (
        "agents: [{url: a}]",
        #"f.yaml:1:16: agents[0].url: "a" is no URL of an agent; write https://HOST:PORT"#
      ),
      (
        "agents: [{url: 'https://a', tokenFile: a, tokenCommand: [b]}]",
        "f.yaml:1:10: agents[0]: tokenFile and tokenCommand exclude each other"
      ),
      (
        "agents: [{url: 'https://a'}, {url: 'https://a/'}]",
        "f.yaml:1:30: agents[1]: another agent has this URL too"
      ),
      (
        "agents: [{url: 'https://a', contexts: [b]}]",
        "f.yaml:1:39: agents[0].contexts: expected a map"
      ),
    ]
  )
  func mistake(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) { try Self.file(text) }
    #expect(error?.description == message)
  }
}
