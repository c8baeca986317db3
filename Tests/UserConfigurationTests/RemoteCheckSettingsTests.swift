import Testing
import YAMLReading

@testable import UserConfiguration

/// What a configuration says of remote checks.
@Suite struct RemoteCheckSettingsTests {
  private static func settings(_ text: String) throws -> [RemoteCheckSettings] {
    try ConfigurationFile(parsing: text, path: "f.yaml", checks: []).settings.remoteChecks
  }

  @Test func everythingIsRead() throws {
    let text = """
      remoteChecks:
        - name: registry
          url: https://checks.example.com/registry
          kinds: [Pod, Deployment.apps]
          contexts: ["prod-*"]
          namespaces: ["shop-*", "!shop-test"]
          labels: {app: shop}
          when: object.spec.replicas > 1
          fields: ["spec.containers[*].image", 'metadata.labels["a.b/c"]']
          mode: structured
          batchSize: 7
          concurrency: 3
          timeout: 2s
          patience: 5m
          tokenFile: token
          tokenScheme: Token
          certificateAuthority: /ca.pem
      """
    let check = try #require(try Self.settings(text).first)
    #expect(check.name == "registry" && check.url == "https://checks.example.com/registry")
    #expect(check.kinds.map(\.text) == ["Pod", "Deployment.apps"])
    #expect(check.kinds[1].place.line == 4 && check.kinds[1].place.column == 18)
    #expect(check.concerns("prod-eu") && !check.concerns("staging"))
    #expect(check.namespaces.map(\.text) == ["shop-*", "!shop-test"])
    #expect(check.labels == ["app": "shop"])
    #expect(check.condition?.text == "object.spec.replicas > 1")
    #expect(
      check.fields.map(\.description)
        == ["spec.containers[*].image", #"metadata.labels["a.b/c"]"#]
    )
    #expect(check.mode == .structured && check.batchSize == 7 && check.concurrency == 3)
    #expect(check.timeout == .seconds(2) && check.patience == .seconds(300))
    #expect(check.token == .file("token") && check.tokenScheme == "Token")
    #expect(check.certificateAuthority == "/ca.pem")
  }

  @Test func whatIsShownIsReadAsTheSame() throws {
    let text = """
      remoteChecks:
        - {name: a, url: "http://a", kinds: [Pod], namespaces: ["b"], labels: {c: d}, when: "true", fields: [e],
           tokenCommand: [pass, x], certificateAuthority: /ca.pem}
        - {name: b, url: "http://b", kinds: [Node]}
      """
    let file = try ConfigurationFile(parsing: text, path: "f.yaml", checks: [])
    let shown = SettingsText(file, checks: []).yaml
    let again = try Self.settings(shown)
    #expect(again.map(\.name) == ["a", "b"])
    #expect(again.map(\.fields) == file.settings.remoteChecks.map(\.fields))
    #expect(again.map(\.token) == file.settings.remoteChecks.map(\.token))
    #expect(again.map(\.condition?.text) == ["true", nil])
  }

  @Test(
    "Mistakes are told",
    arguments: [
      ("name: A b", "no name of small letters"),
      ("name: a", "another remote check is named \"a\" too"),
      ("url: ftp://x", "no URL"),
      ("url: http://user:pw@x", "no URL"),
      ("kinds: []", "names no kind"),
      ("fields: ['spec.a[0]']", "no path"),
      ("fields: ['$']", "no path"),
      ("batchSize: 1001", "no number from 1 to 1000"),
      ("concurrency: 0", "no number from 1 to 64"),
      ("timeout: 0s", "not over 0s"),
      ("mode: xml", "no mode"),
      ("tokenFile: a, tokenCommand: [b]", "exclude each other"),
      ("tokn: a", "there is no such key"),
    ]
  )
  func mistakes(fields: String, problem: String) throws {
    let name = fields.hasPrefix("name") ? "" : "name: b, "
    let rest = ["url", "kinds"].filter { !fields.hasPrefix($0) }
      .map { $0 == "url" ? "url: 'http://b'" : "kinds: [Pod]" }.joined(separator: ", ")
    let text =
      "remoteChecks: [{name: a, url: 'http://a', kinds: [Pod]}, {\(name)\(rest), \(fields)}]"
    let error = #expect(throws: ConfigurationError.self) { try Self.settings(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(problem), "\(String(describing: error))")
  }

  @Test func whatIsMissingIsTold() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Self.settings("remoteChecks: [{}]")
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.split(separator: "\n").count == 3)
  }
}
