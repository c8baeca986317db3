import Testing

@testable import UserConfiguration

/// What a configuration says of events.
@Suite struct EventSettingsTests {
  private static func file(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(parsing: text, path: "f.yaml", checks: [])
  }

  private static let text = """
    events:
      sink: https://events.example.com/kpatrol
      mode: batch
      batchSize: 7
      concurrency: 3
      timeout: 2s
      tokenFile: /token
      certificateAuthority: /ca.pem
      types: ["io.kpatrol.finding.*"]
      fromTerminals: true
      objects:
        - name: images
          kinds: [Deployment.apps]
          when: object.spec.replicas > 1
          fields: ["spec.replicas"]
      outbox: { maxEvents: 9, maxMegabytes: 2 }
    """

  @Test func everythingIsRead() throws {
    let events = try Self.file(Self.text).settings.events
    #expect(events.sink == "https://events.example.com/kpatrol" && events.mode == .batch)
    #expect(events.batchSize == 7 && events.concurrency == 3 && events.timeout == .seconds(2))
    #expect(events.token == .file("/token") && events.certificateAuthority == "/ca.pem")
    #expect(events.tells("io.kpatrol.finding.raised") && !events.tells("io.kpatrol.heal.proved"))
    #expect(events.isFromTerminals && events.maxEvents == 9 && events.maxMegabytes == 2)
    #expect(events.objects.map(\.name) == ["images"])
    #expect(events.objects.first?.kinds.map(\.text) == ["Deployment.apps"])
  }

  @Test func whatIsShownIsReadAsTheSame() throws {
    let file = try Self.file(Self.text)
    let shown = SettingsText(file, checks: []).yaml
    let again = try Self.file(shown).settings.events
    var (one, other) = (file.settings.events, again)
    // They stand elsewhere.
    (one.objects, other.objects) = ([], [])
    #expect(one == other)
    #expect(again.objects.map(\.condition?.text) == ["object.spec.replicas > 1"])
  }

  @Test(
    "Mistakes are told",
    arguments: [
      ("events: {sink: ftp://x}", "f.yaml:1:16: events.sink: "), ("events: {mode: xml}", "no mode"),
      ("events: {batchSize: 0}", "no number from 1 to 1000"),
      ("events: {tokenFile: a, tokenCommand: [b]}", "exclude each other"),
      ("events: {outbox: {maxEvents: 0}}", "events.outbox.maxEvents: "),
      ("events: {objects: [{name: a}]}", "events.objects[0].kinds: it is missing"),
      ("events: {objects: [{name: a, kinds: [Pod], url: 'http://a'}]}", "there is no such key"),
      (
        "remoteChecks: [{name: a, url: 'http://a', kinds: [Pod]}]\n"
          + "events: {objects: [{name: a, kinds: [Pod]}]}",
        "another remote check is named \"a\" too"
      ),
      (
        "events: {objects: [{name: a, kinds: [Pod]}]}\n"
          + "remoteChecks: [{name: a, url: 'http://a', kinds: [Pod]}]",
        "another remote check is named \"a\" too"
      ),
    ]
  )
  func mistakes(text: String, problem: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try Self.file(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(problem), "\(String(describing: error))")
  }
}
