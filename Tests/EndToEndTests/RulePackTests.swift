import Foundation
import TestServers
import Testing
import WireFormats

/// The real program with packs of rules.
@Suite(.fewAtOnce, .serialized, .timeLimit(.minutes(10)))
struct RulePackTests {
  private static let pack = """
    apiVersion: kpatrol.io/v1
    kind: RulePack
    metadata: {name: shop}
    references:
      - {id: part, from: Widget.example.com, field: spec.part, to: [ConfigMap], settles: 0s}
    rules:
      - id: big
        title: Widget is too big
        match: {kinds: [Widget.example.com]}
        when: object.spec.size > 2
        message: "Widget {{ object.metadata.name }} has size {{ object.spec.size }}"
        severity: critical
    tests:
      - name: A big one is found
        objects:
          - {apiVersion: example.com/v1, kind: Widget, metadata: {name: a, namespace: shop}, spec: {size: 3}}
        expect:
          - {rule: big, about: Widget.example.com shop/a, message: Widget a has size 3}

    """

  private static let objects = """
    apiVersion: example.com/v1
    kind: Widget
    metadata: {name: a, namespace: shop}
    spec: {size: 4, part: gone}
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: shop}

    """

  private let program: Program
  private let configuration: [String: String]

  init() throws {
    program = try Program()
    configuration = ["XDG_CONFIG_HOME": program.path(of: "config")]
    try write(Self.pack, "config/kpatrol/rules/shop.yaml")
    try write(Self.objects, "objects.yaml")
  }

  private func write(_ text: String, _ name: String) throws {
    let file = program.folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
  }

  private func scan(_ arguments: String...) async throws -> Program.Outcome {
    let snapshot = ["scan", "--snapshot", program.path(of: "objects.yaml"), "--complete"]
    return try await program.run(snapshot + ["-o", "json"] + arguments, configuration)
  }

  /// The findings of packs in a scan's output, and of broken ones.
  private func found(_ outcome: Program.Outcome) -> [String] {
    guard let report = try? JSONValue(parsing: Array(outcome.out)) else { return ["no report"] }
    return (report["findings"]?.arrayValue ?? []).compactMap { finding in
      finding["check"]?.stringValue
    }
    .filter { $0.hasPrefix("shop/") || $0 == "unhealthy/rule-pack" }.sorted()
  }

  @Test func aScanRunsTheRulesOfTheUsersFolder() async throws {
    let all = try await scan()
    #expect(found(all) == ["shop/big", "shop/part"])
    #expect(all.code == 1)
    #expect(found(try await scan("--check", "shop/*", "--check", "!shop/big")) == ["shop/part"])
    try write("checks: {shop/big: {enabled: false}}\n", "config/kpatrol/config.yaml")
    #expect(found(try await scan()) == ["shop/part"])
    try write("kind: [\n", "config/kpatrol/rules/broken.yaml")
    let broken = try await scan()
    #expect(found(broken) == ["shop/part", "unhealthy/rule-pack"])
    #expect(broken.errors.contains("broken.yaml:2:"))
  }

  @Test func packsAreCheckedAndTested() async throws {
    let path = program.path(of: "config/kpatrol/rules")
    let checked = try await program.run("rules", "check", path)
    #expect(
      checked.text == """
        shop: 1 rules, 1 references, 1 tests
          Widget.example.com: metadata.name, spec.part, spec.size

        """
    )
    #expect(checked.code == 0)
    let passed = try await program.run("rules", "test", "-v", path)
    #expect(passed.text == "shop: 1 of 1 tests passed\nok: A big one is found\n")
    #expect(passed.code == 0)

    try write(Self.pack.replacing("Widget a has size 3}", with: "Widget b}"), "other.yaml")
    let failed = try await program.run("rules", "test", program.path(of: "other.yaml"))
    #expect(failed.code == 1)
    #expect(
      failed.text == """
        shop: 0 of 1 tests passed
        FAILED: A big one is found
          - shop/big about Widget.example.com shop/a: Widget b
          + shop/big about Widget.example.com shop/a: Widget a has size 3

        """
    )
    try write(Self.pack.replacing("object.spec.size", with: "objet.spec.size"), "wrong.yaml")
    let wrong = try await program.run("rules", "check", program.path(of: "wrong.yaml"))
    #expect(wrong.code == 2)
    #expect(
      wrong.errors.contains("wrong.yaml:10:11: rules[0].when: 1:1: there is no variable objet")
    )
    #expect(wrong.errors.contains("did you mean object?"))
  }

  @Test func rulesAreListedAndExplained() async throws {
    let list = try await program.run(["checks"], configuration)
    #expect(list.text.contains("\nshop/big "))
    #expect(list.text.contains("  Widget is too big\n"))
    #expect(list.text.contains("\nrisk/quota "))
    let json = try JSONValue(
      parsing: Array(try await program.run(["checks", "-o", "json"], configuration).out)
    )
    let packs = (json.arrayValue ?? []).compactMap { $0["pack"]?.stringValue }.filter {
      !$0.isEmpty
    }
    #expect(packs == Array(repeating: program.path(of: "config/kpatrol/rules/shop.yaml"), count: 2))

    let explained = try await program.run(["explain", "shop/big"], configuration)
    #expect(explained.code == 0)
    #expect(explained.text.hasPrefix("shop/big\nWidget is too big\n"))
    #expect(explained.text.hasSuffix("\nPack: \(packs.first ?? "")\n"))
    let unknown = try await program.run(["explain", "shop/bigg"], configuration)
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("did you mean shop/big?"))
  }

  @Test func aPackThatComesWithTheProgramIsNamed() async throws {
    try write("rules: {paths: [cert-manager]}\n", "config/kpatrol/config.yaml")
    let list = try await program.run(["checks"], configuration)
    #expect(list.text.contains("\ncert-manager/"))
    #expect(!list.text.contains("\nargo-cd/"))
    let checked = try await program.run("rules", "check", "keda")
    #expect(checked.code == 0)
    #expect(checked.text.hasPrefix("keda: "))
    let wrong = try await program.run("rules", "check", "kedaa")
    #expect(wrong.code == 2)
    #expect(
      wrong.errors.contains("no pack that comes with KPatrol has this name; did you mean keda?")
    )
  }
}
