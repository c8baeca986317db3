import Checks
import Foundation
import Inspection
import Testing

@testable import UserConfiguration

/// What documentation says must be what the reader does.
@Suite struct KeyReferenceTests {
  private static let checks = Catalogue.checks.map { ConfigurableCheck($0) }

  private func file(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(parsing: text, path: "f.yaml", checks: Self.checks)
  }

  @Test func theDocumentedFileIsWhatTheKeysSay() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/config.yaml").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text == KeyReference.file, "Write it anew: kpatrol config keys --example")
  }

  @Test func theDocumentedFileHoldsTheDefaults() throws {
    #expect(try file(KeyReference.file).settings == Settings())
    // With every default written out, and not only left out.
    #expect(try file(KeyReference.file).place(of: "readOnlyContexts") != nil)
  }

  @Test(
    "Every example is read, and changes something",
    arguments: ConfigurationKey.all.map { ($0.path, $0.example) }
  )
  func example(path: String, example: String) throws {
    let text =
      switch path {
      case let path where path.hasPrefix("addressScopes[]."):
        "addressScopes: [{name: a, contexts: [a], cidrs: []}, {\(example)}]"
      case let path where path.hasPrefix("mutes[]."):
        "mutes: [{check: risk/quota, reason: a}, {\(example)}]"
      case let path where path.hasPrefix("inventories[].from."):
        "inventories: [{name: a, kind: cmdb, from: {file: a.csv}}, "
          + "{name: b, kind: cmdb, from: {\(example)}}]"
      case let path where path.hasPrefix("inventories[].release"):
        "inventories: [{name: a, kind: ipam, from: {\(Self.place(of: path))}, "
          + (path == "inventories[].release" ? "\(example)}]" : "release: {\(example)}}]")
      case let path where path.hasPrefix("inventories[]."):
        "inventories: [{name: a, kind: cmdb, from: {file: a.csv}}, {\(example)}]"
      case let path where path.hasPrefix("remoteChecks[]."):
        "remoteChecks: [{name: a, url: 'http://a', kinds: [Pod]}, {\(example)}]"
      case let path where path.hasPrefix("notifications[]."):
        "notifications: [{name: a, webhook: 'http://a'}, {\(example)}]"
      case let path where path.hasPrefix("reports."): "reports: {\(example)}"
      case let path where path.hasPrefix("events.objects[]."):
        "events: {objects: [{name: a, kinds: [Pod]}, {\(example)}]}"
      case let path where path.hasPrefix("events.outbox."): "events: {outbox: {\(example)}}"
      case let path where path.hasPrefix("events.") && !example.hasPrefix("events:"):
        "events: {\(example)}"
      case "agents[].url": "agents: [{\(example)}]"
      case let path where path.hasPrefix("agents[]."): "agents: [{url: 'https://a', \(example)}]"
      case "owners[].team": "owners: [{\(example)}]"
      case let path where path.hasPrefix("owners[]."): "owners: [{team: a, \(example)}]"
      case let path where path.hasPrefix("healing.policies[]."):
        "healing: {policies: [{name: a, remedy: cordon-node}, {\(example)}]}"
      case let path where path.hasPrefix("healing.") && !example.hasPrefix("healing:"):
        "healing: {\(example)}"
      case let path where path.hasPrefix("journal."): "journal: {\(example)}"
      case let path where path.hasPrefix("checks.ID."): "checks: {risk/quota: {\(example)}}"
      default: example
      }
    do {
      #expect(try file(text).settings != Settings())
    } catch {
      // The example of one field of a scope, an inventory, a mute or a policy lacks the others.
      #expect(
        [
          "addressScopes[].", "inventories[].", "mutes[].", "healing.policies[].",
          "remoteChecks[].", "notifications[].", "events.objects[].",
        ]
        .contains(where: path.hasPrefix)
      )
      for line in "\(error)".split(separator: "\n") {
        #expect(line.hasSuffix(" is missing") || line.contains("it would mute everything"))
      }
    }
  }

  /// Where an inventory is whose addresses are released in such a way.
  private static func place(of path: String) -> String {
    path == "inventories[].release.url" ? "url: 'http://a'" : "netbox: 'http://a'"
  }

  @Test(arguments: ConfigurationKey.all.map(\.path))
  func everyKeyIsExplained(path: String) {
    #expect(KeyReference.text.contains("\n\(path): ") || KeyReference.text.hasPrefix("\(path): "))
    #expect(KeyReference.file.contains("\n# \(path): "))
  }
}

@Suite struct SettingsTextTests {
  private static let checks = Catalogue.checks.map { ConfigurableCheck($0) }

  @Test func theConfigurationInForceIsShownWithWhereItComesFrom() throws {
    let file = try ConfigurationFile(
      parsing: """
        theme: "a\\"\\u202e"
        addressScopes: [{name: n, contexts: [c], cidrs: [10.0.0.0/8]}]
        checks:
          risk/quota:
            settles: 90m
            enabled: false
            thresholds: { percent: 80.5 }
        """,
      path: "f.yaml",
      checks: Self.checks
    )
    let text = SettingsText(file, checks: Catalogue.checks).yaml
    #expect(
      text.hasPrefix(
        #"""
        contexts: []  # default: the current context
        readOnlyContexts: ["*prod*"]  # default
        protectedNamespaces: ["kube-node-lease", "kube-public", "kube-system"]  # default
        addressScopes:  # f.yaml:2
          - name: "n"
            contexts: ["c"]
            cidrs: ["10.0.0.0/8"]
        inventories: []  # default
        theme: "a\"\u202E"  # f.yaml:1
        teamLabel:  # default: none
        listing: whole  # default: whole
        profile: default  # default: default
        checks:
          conflict/autoscaler-target:
            enabled: true  # default
            severity: warning  # default
            settles: 0s  # default

        """#
      )
    )
    #expect(
      text.contains(
        """
          risk/quota:
            enabled: false  # f.yaml:6
            severity: warning  # default
            settles: 1h30m  # f.yaml:5
            thresholds:
              percent: 80.5  # f.yaml:7

        """
      )
    )
  }

  @Test func whatIsShownIsAConfigurationThatSaysTheSame() throws {
    let text = """
      contexts: ["a\\nb", 'c"d', 'e\\f']
      readOnlyContexts: []
      inventories:
        - name: 'a"b'
          kind: cmdb
          contexts: [x]
          from: { file: /a.csv }
          map: { hostname: ["a.b", "c"], zone: '["odd. name"][0]' }
          labels: { rack: example.com/rack }
          clusters: { "one: two": three }
          retiredStates: [Sold]
        - name: b
          kind: ipam
          from:
            url: https://b.example.com/x
            offset: skip
            limit: n
            pageSize: 7
            tokenCommand: [pass, "a b"]
            tokenScheme: Token
            certificateAuthority: /ca.pem
            every: 1m
            timeout: 5s
        - { name: c, kind: ipam, from: { netbox: "http://c", pageSize: 9, tokenFile: /t } }
        - { name: d, kind: cmdb, from: { url: "http://d", records: a.b, next: n, format: csv } }
        - name: e
          kind: ipam
          from: { netbox: "http://e" }
          release: {}
        - name: f
          kind: ipam
          from: { url: "http://f" }
          map: { id: key }
          release:
            method: PUT
            url: "http://f/a/{id}?x={address}"
            body: '{"a": "{address}"}'
            undo: '{"a": ''{state}''}'
            tokenCommand: [pass, "a b"]
        - { name: g, kind: ipam, from: { netbox: "http://g" }, release: { tokenFile: /w } }
      theme: "#x: y"
      teamLabel: "a.b/c"
      owners:
        - team: 'a"b'
          layer: platform
          contact: "#x: y"
          runbook: "https://a.example.com/#b"
          namespace: "a*"
          kind: "*.example.com"
          check: "risk/*"
          labels: { "a.b/c": "d: e", f: "" }
          annotations: { "a.b/d": "e: f" }
          where: "labels['a'] == 'b: c'"
          severities: { "stuck/*": critical, risk/quota: info }
        - { team: c }
      mutes: [{ team: c, reason: r }]
      rules: { paths: [a.yaml], trustedNamespaces: [team-*, b], healingNamespaces: [b] }
      listing: { "a:b": stream, "*": pages }
      profile: hygiene
      checks:
        stuck/terminating: { severity: info, settles: 1d }
        risk/quota: { thresholds: { percent: 80 } }
      healing:
        protectedLabels: ["tier in (a, b),!x", app=cart]
        actionsPerHour: 7
        sharePercent: 11
        stormPercent: 13
        coolDown: 90s
        windows: ["Sat,Sun 00:00-24:00", "22:00-05:30"]
        policies:
          - { name: 'a"b', remedy: cordon-node, check: "stuck/*", namespace: a*, contexts: [c] }
          - { name: c, remedy: argo-cd/out-of-sync/refresh }
          - { name: b, remedy: relist, severity: critical, after: 1h, automatic: true, perHour: 3 }
      """
    let file = try ConfigurationFile(parsing: text, path: "f.yaml", checks: Self.checks)
    let shown = SettingsText(file, checks: Catalogue.checks).yaml
    let again = try ConfigurationFile(parsing: shown, path: "f.yaml", checks: Self.checks)
    var (settings, settingsAgain) = (file.settings, again.settings)
    for check in Catalogue.checks {
      #expect(settings.checks.settles(check) == settingsAgain.checks.settles(check))
      #expect(settings.checks.severity(of: check) == settingsAgain.checks.severity(of: check))
      #expect(settings.checks.isEnabled(check) == settingsAgain.checks.isEnabled(check))
    }
    #expect(settingsAgain.checks.overrides["risk/quota"]?.thresholds == ["percent": 80])
    #expect(shown.contains("enabled:  # default: with profile hygiene"))
    (settings.checks, settingsAgain.checks) = (CheckSettings(), CheckSettings())
    #expect(settings == settingsAgain)
  }
}
