import Checks
import ClusterGraph
import Foundation
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import NameMatching
import Rules
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Rules that come and change while clusters are watched.
@Suite(.fewAtOnce) struct LiveRulesTests {
  private static func pack(_ name: String, where condition: String, message: String) -> String {
    """
    apiVersion: kpatrol.io/v1
    kind: RulePack
    metadata: {name: \(name)}
    rules:
      - id: it
        title: It
        match: {kinds: [ConfigMap], namespaces: [shop]}
        when: \(condition)
        message: "\(message)"
    """
  }

  private static func configMap(
    _ name: String,
    in namespace: String,
    _ data: [String: JSONValue],
    isPack: Bool = false
  ) -> JSONValue {
    var metadata: [String: JSONValue] = ["name": .string(name), "namespace": .string(namespace)]
    if isPack { metadata["labels"] = ["kpatrol.io/rule-pack": "true"] }
    return [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": .object(metadata), "data": .object(data),
    ]
  }

  private static func start() async throws -> SimulatedCluster {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    for name in ["shop", "rules", "elsewhere"] {
      _ = try cluster.apply(
        ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
      )
    }
    _ = try cluster.apply(configMap("a", in: "shop", ["mode": "off", "other": "1"]))
    return cluster
  }

  private static func options(trusting namespaces: [NamePattern] = []) throws -> MonitorOptions {
    var options = MonitorOptions(
      checks: [try #require(Catalogue.check("unhealthy/rule-pack"))],
      settlePolicy: .atMost(.zero)
    )
    options.trustedRuleNamespaces = namespaces
    return options
  }

  /// Findings as `check: message`.
  private static func found(_ fleet: Fleet) async -> [String] {
    var found: [String] = []
    for monitor in fleet.monitors {
      found += await monitor.findings().map { "\($0.check): \($0.message)" }
    }
    return found.sorted()
  }

  @Test func aFileThatChangesIsInForceAtOnce() async throws {
    let cluster = try await Self.start()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "team.yaml")
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("shop", on: eventLoop)],
      options: try Self.options(),
      rules: RuleLibrary(paths: [], folder: folder.path)
    )
    func write(_ text: String) throws { try Data(text.utf8).write(to: file, options: .atomic) }
    try write(Self.pack("team", where: "object.data.mode == 'off'", message: "off"))
    let patrol = Task { await fleet.run() }
    #expect(await eventually { await Self.found(fleet) == ["team/it: off"] })
    let since = try #require(await fleet.monitors[0].findings().first?.since)

    // A broken one changes nothing but says so.
    try write(Self.pack("team", where: "objct.data.mode == 'off'", message: "off"))
    #expect(
      await eventually {
        let found = await Self.found(fleet)
        return found.count == 2 && found[0] == "team/it: off"
          && found[1].hasPrefix("unhealthy/rule-pack: \(file.path): ")
          && found[1].contains("did you mean object?")
          && found[1].hasSuffix("its last good version stays in force")
      }
    )
    try write(Self.pack("team", where: "object.data.other == '1'", message: "it is 1"))
    #expect(await eventually { await Self.found(fleet) == ["team/it: it is 1"] })
    // It is the same finding, and holds since then.
    #expect(await fleet.monitors[0].findings().first?.since == since)
    let page = await fleet.catalogue(ofCluster: nil)
    #expect(page.rows.map(\.id) == ["team/it", "unhealthy/rule-pack"])

    try FileManager.default.removeItem(at: file)
    #expect(await eventually { await Self.found(fleet) == [] })
    #expect(await fleet.catalogue(ofCluster: nil).rows.map(\.id) == ["unhealthy/rule-pack"])
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  @Test func aConfigMapBringsRules() async throws {
    let cluster = try await Self.start()
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("shop", on: eventLoop)],
      options: try Self.options(trusting: ["rules"])
    )
    let patrol = Task { await fleet.run() }
    func apply(_ pack: String, in namespace: String = "rules") throws {
      let data: [String: JSONValue] = ["team.yaml": .string(pack), "README": "not a pack"]
      _ = try cluster.apply(Self.configMap("team", in: namespace, data, isPack: true))
    }
    let good = Self.pack("team", where: "object.data.mode == 'off'", message: "off")
    // Nobody trusts this namespace.
    try apply(Self.pack("other", where: "true", message: "other"), in: "elsewhere")
    try apply(good)
    #expect(await eventually { await Self.found(fleet) == ["team/it: off"] })
    try apply("kind: RulePack")
    #expect(
      await eventually {
        let found = await Self.found(fleet)
        return found.count == 2 && found[0] == "team/it: off"
          && found[1].hasPrefix("unhealthy/rule-pack: ConfigMap rules/team team.yaml: ")
      }
    )
    try apply(Self.pack("team", where: "object.data.mode == 'off'", message: "still off"))
    #expect(await eventually { await Self.found(fleet) == ["team/it: still off"] })
    #expect(cluster.remove("configmaps", namespace: "rules", name: "team"))
    #expect(await eventually { await Self.found(fleet) == [] })
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func aRuleThatFailsOnMostObjectsIsSwitchedOff() async throws {
    let cluster = try await Self.start()
    for number in 0..<12 { _ = try cluster.apply(Self.configMap("n\(number)", in: "shop", [:])) }
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("shop", on: eventLoop)],
      options: try Self.options(trusting: ["rules"])
    )
    let patrol = Task { await fleet.run() }
    let pack = Self.pack("team", where: "object.data.mode == 'off'", message: "off")
    _ = try cluster.apply(
      Self.configMap("team", in: "rules", ["team.yaml": .string(pack)], isPack: true)
    )
    #expect(await eventually { await Self.found(fleet) == ["team/it: off"] })
    let told = """
      unhealthy/rule-pack: team/it: The rule is switched off until its pack is changed: it failed on 12 of \

      """
    #expect(
      await eventually {
        await fleet.monitors[0].judgeRules()
        let found = await Self.found(fleet)
        return found.count == 1 && found[0].hasPrefix(told) && found[0].contains("no such key")
      }
    )
    let mended = Self.pack("team", where: "object.?data.?mode.orValue('') == 'off'", message: "off")
    _ = try cluster.apply(
      Self.configMap("team", in: "rules", ["team.yaml": .string(mended)], isPack: true)
    )
    #expect(await eventually { await Self.found(fleet) == ["team/it: off"] })
    await fleet.monitors[0].judgeRules()
    #expect(await Self.found(fleet) == ["team/it: off"])
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func aRuleThatTakesTooMuchOfAMinuteIsSwitchedOff() async throws {
    let cluster = try await Self.start()
    let clock = ManualClock()
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("shop", on: eventLoop),
      options: try Self.options(),
      clock: WallClock(now: clock.wall.now, sleep: WallClock.system.sleep)
    )
    func found() async -> [String] { await monitor.findings().map { "\($0.check): \($0.message)" } }
    func rules(_ message: String) throws -> RuleSet {
      let text = Self.pack("team", where: "object.data.mode == 'off'", message: message)
      return RuleSet([try RulePack(reading: text, path: "team.yaml")])
    }
    await monitor.setRules(try rules("off"), faults: [])
    let patrol = Task { await monitor.run() }
    #expect(await eventually { await found() == ["team/it: off"] })
    await monitor.judgeRules(taken: ["team/it": .seconds(10)])
    clock.advance(by: .seconds(59))
    await monitor.judgeRules(taken: ["team/it": .seconds(14)])
    #expect(await found() == ["team/it: off"])
    clock.advance(by: .seconds(1))
    await monitor.judgeRules(taken: ["team/it": .seconds(14)])
    let told = "The rule is switched off until its pack is changed: it took 4 s of a minute"
    #expect(await eventually { await found() == ["unhealthy/rule-pack: team/it: \(told)"] })
    // The same pack read again changes nothing.
    await monitor.setRules(try rules("off"), faults: [])
    #expect(await found().count == 1)
    await monitor.setRules(try rules("still off"), faults: [])
    #expect(await eventually { await found() == ["team/it: still off"] })
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }
}

@Suite struct RuleBudgetTests {
  @Test func whatEachMinuteTakesIsCompared() {
    var budget = RuleBudget()
    let start = Timestamp(millisecondsSince1970: 0)
    func excess(_ seconds: Int, _ taken: Double) -> Duration? {
      budget.excess(at: start + .seconds(seconds)) { ["a/b": .seconds(taken)] }["a/b"]
    }
    #expect(excess(0, 100) == nil, "What was before is not known.")
    #expect(excess(30, 200) == nil, "The minute is not over.")
    #expect(excess(60, 103) == nil, "So much is allowed.")
    #expect(excess(120, 107) == .seconds(4))
    // A check that was replaced begins anew.
    #expect(excess(180, 1) == nil)
    #expect(excess(240, 5) == .seconds(4))
  }
}
