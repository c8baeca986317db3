import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// Several findings healed together by the real program, by the remedy of a pack that their cluster brings.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct BatchProgramTests {
  private static func pack(where condition: String) -> JSONValue {
    .string(
      """
      apiVersion: kpatrol.io/v1
      kind: RulePack
      metadata: {name: team}
      rules:
        - id: off
          title: It is off
          match: {kinds: [ConfigMap], namespaces: [shop]}
          when: \(condition)
          message: Lamp {{ object.metadata.name }} is off
          severity: critical
          remedies:
            - {id: switch-on, title: Switch it on, patch: {data: {mode: lit}}}
      """
    )
  }

  private static func configMap(
    _ name: String,
    in namespace: String,
    _ data: [String: JSONValue],
    labels: [String: JSONValue] = [:]
  ) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "ConfigMap",
      "metadata": [
        "name": .string(name), "namespace": .string(namespace), "labels": .object(labels),
      ], "data": .object(data),
    ]
  }

  private static func apply(_ condition: String, to cluster: SimulatedCluster) throws {
    _ = try cluster.apply(
      configMap(
        "team",
        in: "rules",
        ["team.yaml": pack(where: condition)],
        labels: ["kpatrol.io/rule-pack": "true"]
      )
    )
  }

  private static func modes(_ cluster: SimulatedCluster) -> [String] {
    ["a", "b", "c"].map { name in
      cluster.object(of: "configmaps", namespace: "shop", name: name)?[path: "data", "mode"]?
        .stringValue ?? ""
    }
  }

  @Test func threeMarkedFindingsAreHealedTogetherAndOneIsTakenBack() async throws {
    let folder = try TemporaryFolder()
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    for name in ["shop", "rules"] {
      _ = try cluster.apply(
        ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
      )
    }
    for name in ["a", "b", "c"] {
      _ = try cluster.apply(Self.configMap(name, in: "shop", ["mode": "off"]))
    }
    try Self.apply("object.data.mode == 'off'", to: cluster)
    let kubeconfig = try folder.write("kubeconfig", cluster.kubeconfig(contextName: "sim"))
    // One an hour: three at once are a matter for the highest grade, and so is the undo.
    let config = try folder.write(
      "config.yaml",
      """
      rules: {trustedNamespaces: [rules], healingNamespaces: [rules]}
      healing: {actionsPerHour: 1}
      """
    )
    let state = "\(folder.path)/state"
    let session = try TerminalSession(columns: 120, rows: 40)
    try session.type(
      "env XDG_STATE_HOME=\(state) \(TerminalSession.program) --kubeconfig \(kubeconfig) "
        + "--config \(config)"
    )
    try session.press("Enter")
    for name in ["a", "b", "c"] {
      try #require(await session.shows("Lamp \(name) is off"))
    }

    // The pack is broken: it says so, and what it found stays.
    try Self.apply("objct.data.mode == 'off'", to: cluster)
    try #require(await session.shows("ConfigMap rules/team team.yaml"))
    for name in ["a", "b", "c"] { #expect(session.screen.contains("Lamp \(name) is off")) }

    try session.type("/Lamp")
    try session.press("Enter")
    #expect(await session.shows("3 of "))
    try session.press("Space", "Space", "Space")
    #expect(await session.shows("3 marked"))
    try session.press("h")
    try #require(await session.shows("3 plans in 1 cluster"))
    try #require(await session.shows("Type this cluster's name"))
    #expect(Self.modes(cluster) == ["off", "off", "off"])
    try session.type("sim")
    try session.press("Enter")
    try #require(await session.shows("Say why"))
    try session.type("the lights went out")
    try session.press("Enter")
    try #require(await session.shows("3 of 3 carried out: 3 healed"))
    #expect(Self.modes(cluster) == ["lit", "lit", "lit"])

    try session.press("Escape")
    try session.type(":journal")
    try session.press("Enter")
    #expect(await session.shows("Batch: 3 plans confirmed together"))
    #expect(await session.shows("3 of 3 done"))
    try session.press("h")
    #expect(await session.hides("Lamp a is off"))
    try session.press("u")
    try #require(await session.shows("Undo: Switch it on"))
    try #require(await session.shows("Type this cluster's name"))
    try session.type("sim")
    try session.press("Enter")
    try #require(await session.shows("Say why"))
    try session.type("that one was meant to be off")
    try session.press("Enter")
    #expect(await eventually { Self.modes(cluster).count { $0 == "off" } == 1 })
    try await session.quit()
    await cluster.stop()

    let kpatrol = try Program()
    var texts: [String] = []
    for number in 1...4 {
      let arguments = ["journal", "show", String(number)]
      texts.append(try await kpatrol.run(arguments, ["XDG_STATE_HOME": state]).text)
    }
    for (index, text) in texts.prefix(3).enumerated() {
      #expect(text.contains("Reason    the lights went out"), "\(text)")
      #expect(text.contains("Batch     \(index + 1) of 3 confirmed together"), "\(text)")
      #expect(text.contains("Backup of ConfigMap shop/"), "\(text)")
    }
    #expect(texts[3].contains("Reason    that one was meant to be off"), "\(texts[3])")
    #expect(texts.prefix(3).count { $0.contains("undone by 4") } == 1)
  }
}
