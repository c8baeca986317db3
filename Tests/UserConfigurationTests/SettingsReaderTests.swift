import Inspection
import KubernetesObjects
import NameMatching
import Testing
import UserConfiguration
import YAMLReading

/// What a file's text says.
@Suite struct SettingsReaderTests {
  private static let checks = [
    ConfigurableCheck("conflict/pod-address"),
    ConfigurableCheck("risk/quota", thresholds: [Threshold("percent", 90, "the share")]),
  ]

  private func settings(_ text: String) throws -> Settings {
    try ConfigurationFile(parsing: text, path: "config.yaml", checks: Self.checks).settings
  }

  @Test(
    "What is not written is at its default",
    arguments: [
      "", "# nothing\n", "{}", "---\n", "contexts:\ntheme:\nchecks: ~\nreadOnlyContexts:\n",
      "checks:\n  risk/quota:\n",
    ]
  )
  func defaults(text: String) throws {
    let settings = try settings(text)
    #expect(settings == Settings())
    #expect(settings.contexts.isEmpty && settings.theme == nil)
    #expect(settings.readOnlyContexts == ["*prod*"])
    #expect(settings.protectedNamespaces == ["kube-node-lease", "kube-public", "kube-system"])
  }

  @Test func everyKeyIsRead() throws {
    let settings = try settings(
      """
      contexts: [staging, "dev-*", 1]
      readOnlyContexts: []
      protectedNamespaces:
        - "kube-*"
      addressScopes:
        - name: flat
          contexts: ["dc[12]-*"]
          cidrs: [10.0.0.0/8, "fd00::/8"]
      theme: solarized
      listing: pages
      profile: all
      checks:
        conflict/pod-address: { settles: 1h30m, severity: info }
        risk/quota: { enabled: false, thresholds: { percent: 80 } }
      """
    )
    var expected = Settings()
    expected.contexts = ["staging", "dev-*", "1"]
    expected.readOnlyContexts = []
    expected.protectedNamespaces = ["kube-*"]
    let cidrs = ["10.0.0.0/8", "fd00::/8"].compactMap { IPPrefix($0) }
    expected.addressScopes = [AddressScope(name: "flat", contexts: ["dc[12]-*"], cidrs: cidrs)]
    expected.theme = "solarized"
    expected.listing = ["*": .pages]
    expected.profile = .all
    expected.checks = CheckSettings([
      "conflict/pod-address": .init(severity: .info, settles: .seconds(5400)),
      "risk/quota": .init(isEnabled: false, thresholds: ["percent": 80]),
    ])
    #expect(settings == expected)
    #expect(cidrs.count == 2)
  }

  @Test(
    "The first that means a context says how it is listed",
    arguments: [
      ("", ["edge-1": Listing.whole]), ("listing: stream", ["edge-1": .stream, "a": .stream]),
      (
        "listing: { edge-1: whole, 'edge-*': pages, huge: stream, other: }",
        ["edge-1": .whole, "edge-2": .pages, "huge": .stream, "huge-2": .whole, "other": .whole]
      ),
      ("listing: { 'a*': pages, '*': stream }", ["ab": .pages, "b": .stream]),
    ]
  )
  func listing(text: String, ways: [String: Listing]) throws {
    let listing = try settings(text).listing
    for (context, way) in ways { #expect(listing.listing(of: context) == way, "\(context)") }
  }

  @Test(
    "A duration has units in their order, each once",
    arguments: [
      ("90s", 90), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("1d2h3m4s", 93_784), ("0", 0),
      ("0s", 0), ("365d", 31_536_000),
    ]
  )
  func duration(text: String, seconds: Int) throws {
    let settings = try settings("checks: { risk/quota: { settles: \(text) } }")
    #expect(settings.checks.overrides["risk/quota"]?.settles == .seconds(seconds))
  }

  @Test(
    "What is no duration is told",
    arguments: [
      "90", "m", "5 m", "-5m", "5m1h", "5m5m", "1.5h", "5minutes", "٥m", "9999999999s", "''",
    ]
  )
  func noDuration(text: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try settings("checks: { risk/quota: { settles: \(text) } }")
    }
    #expect(error?.description.hasSuffix("is not a duration; write 90s, 5m or 1h30m") == true)
  }

  @Test(
    "A mistake is told with its line, column and field",
    arguments: [
      ("- a", "1:1: expected a map"), ("just text", "1:1: expected a map"),
      ("contexts: [a,\nb: }", "2:4: not valid YAML: did not find expected node content"),
      ("theme: a\ntheme: b", "1:1: not valid YAML: theme is there more than once in one map"),
      ("\ncontxts: [a]", "2:1: contxts: there is no such key; did you mean contexts?"),
      (
        "zzz: 1",
        "1:1: zzz: there is no such key; there are contexts, readOnlyContexts, "
          + "protectedNamespaces, addressScopes, inventories, theme, teamLabel, listing, "
          + "profile, checks, mutes, keys, mouse, owners, healing, journal, rules, remoteChecks, "
          + "events, reports, notifications, agents"
      ),
      ("? [a]\n: 1", "1:3: expected a string as key"),
      ("contexts: a", "1:11: contexts: expected a list"),
      ("contexts:\n  - a\n  - {b: c}", "3:5: contexts[1]: expected a string"),
      ("contexts: {a: b}", "1:11: contexts: expected a list"),
      (
        "readOnlyContexts: ['prod-[']",
        #"1:20: readOnlyContexts[0]: "prod-[" is not a name or glob: its [ has no ]; "#
          + "write [[] for the character itself"
      ),
      (
        "protectedNamespaces: ['[z-a]']",
        #"1:23: protectedNamespaces[0]: "[z-a]" is not a name or glob: its range z-a is backwards"#
      ),
      ("contexts: ['']", #"1:12: contexts[0]: "" is not a name or glob: it is empty"#),
      ("theme: []", "1:8: theme: expected a string"),
      ("theme: ''", #"1:8: theme: "" is not a name"#),
      ("addressScopes: {}", "1:16: addressScopes: expected a list"),
      ("addressScopes: [a]", "1:17: addressScopes[0]: expected a map"),
      (
        "addressScopes: [{name: a, contexts: [a]}]",
        "1:17: addressScopes[0].cidrs: it is missing"
      ),
      (
        "addressScopes: [{name: a, contexts: [a], cidrs: [10.0.0.0/33]}]",
        #"1:50: addressScopes[0].cidrs[0]: "10.0.0.0/33" is not a range of addresses; "#
          + "write 10.0.0.0/8 or fd00::/8"
      ),
      (
        "addressScopes:\n- {name: a, contexts: [a], cidrs: []}\n- {name: a, contexts: [a], cidrs: []}",
        #"3:10: addressScopes[1].name: another scope is named "a" too"#
      ),
      (
        "addressScopes: [{name: a, contexts: [a], cidr: [], cidrs: []}]",
        "1:42: addressScopes[0].cidr: there is no such key; did you mean cidrs?"
      ),
      ("checks: []", "1:9: checks: expected a map"),
      (
        "checks:\n  conflict/pod-adress: {}",
        "2:3: checks.conflict/pod-adress: there is no such check; did you mean conflict/pod-address?"
      ),
      (
        "checks: {x: {}}",
        "1:10: checks.x: there is no such check; kpatrol checks lists all"
      ),
      (
        "listing: page",
        #"1:10: listing: "page" is not a way to list; write whole, pages or stream"#
      ),
      ("listing: [pages]", "1:10: listing: expected a string"),
      (
        "listing:\n  prod: all",
        #"2:9: listing.prod: "all" is not a way to list; write whole, pages or stream"#
      ),
      ("listing:\n  prod: {a: b}", "2:9: listing.prod: expected a string"),
      (
        "listing:\n  'prod-[': pages",
        #"2:3: listing.prod-[: "prod-[" is not a name or glob: its [ has no ]; "#
          + "write [[] for the character itself"
      ),
      (
        "profile: tidy",
        #"1:10: profile: "tidy" is not a profile; write default, hygiene or all"#
      ),
      (
        "checks: {risk/quota: {thresholds: {percnt: 80}}}",
        "1:36: checks.risk/quota.thresholds.percnt: there is no such threshold; did you mean percent?"
      ),
      (
        "checks: {risk/quota: {thresholds: {zzz: 80}}}",
        "1:36: checks.risk/quota.thresholds.zzz: there is no such threshold; there are percent"
      ),
      (
        "checks: {risk/quota: {thresholds: {percent: -1}}}",
        #"1:45: checks.risk/quota.thresholds.percent: "-1" is not a number from 0 on; "#
          + "write 80 or 0.5"
      ),
      (
        "checks: {conflict/pod-address: {thresholds: {percent: 80}}}",
        "1:45: checks.conflict/pod-address.thresholds: the check conflict/pod-address has no threshold"
      ),
      ("checks: {risk/quota: 5m}", "1:22: checks.risk/quota: expected a map"),
      (
        "checks: {risk/quota: {settle: 5m}}",
        "1:23: checks.risk/quota.settle: there is no such key; did you mean settles?"
      ),
      (
        "checks:\n  conflict/pod-address:\n    settles: 5 minutes",
        #"3:14: checks.conflict/pod-address.settles: "5 minutes" is not a duration; "#
          + "write 90s, 5m or 1h30m"
      ),
      (
        "checks: {risk/quota: {settles: 366d}}",
        "1:32: checks.risk/quota.settles: it is longer than 365d"
      ),
      (
        "checks: {risk/quota: {severity: error}}",
        #"1:33: checks.risk/quota.severity: "error" is not a severity; "#
          + "write critical, warning or info"
      ),
      (
        "checks: {risk/quota: {enabled: 7}}",
        "1:32: checks.risk/quota.enabled: expected true or false"
      ),
    ]
  )
  func mistake(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) { try settings(text) }
    #expect(error?.description == "config.yaml:" + message)
  }

  @Test func allMistakesAreToldInTheOrderOfTheFile() {
    let error = #expect(throws: ConfigurationError.self) {
      try settings("checks: {x: {}}\ntheme: []\ncontexts: [[a], '', b]\nzzz: 1")
    }
    guard case .mistakes(let mistakes) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(mistakes.map(\.place.line) == [1, 2, 3, 3, 4])
    #expect(error?.description.split(separator: "\n").count == 5)
  }

  @Test(
    "Nothing of a file acts on a terminal",
    arguments: [
      (#""evil\e[31m\u202E": 1"#, #"1:1: evil\u001B[31m\u202E: there is no such key; "#),
      (#"contexts: ["[\n\U000E0041"]"#, #"1:12: contexts[0]: "[\u000A\U000E0041" is not a name"#),
      (#"theme: {"\e": 1, "\e": 2}"#, #"1:9: not valid YAML: \u001B is there more than once"#),
    ]
  )
  func hostile(text: String, beginning: String) {
    let error = #expect(throws: ConfigurationError.self) { try settings(text) }
    #expect(error?.description.hasPrefix("config.yaml:" + beginning) == true, "\(error as Any)")
  }

  @Test func aLongValueIsNotRepeatedWhole() {
    let error = #expect(throws: ConfigurationError.self) {
      try settings("checks: {risk/quota: {severity: \(String(repeating: "x", count: 5000))}}")
    }
    #expect(error.map { $0.description.count < 200 } == true)
  }
}
