import ClusterGraph
import Foundation
import Inspection
import KubernetesObjects
import ObjectBuilders
import Rules
import Testing
import WireFormats

/// After any sequence of changes, what rules found one by one equals what a fresh inspection finds.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter RuleDifferentialTests`.
@Suite struct RuleDifferentialTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...300)

  private static let widget = ObjectKind("Widget", group: "example.com")

  /// A rule for each way in which one sees other objects, other times, or the time itself.
  private static let text = """
    references:
      - {id: config, from: Widget.example.com, field: "spec.refs[]", to: [ConfigMap], settles: 0s}
    rules:
      - {id: own, title: t, match: {kinds: [Widget.example.com]}, when: object.spec.size > 2, message: "{{ object.spec.size }}"}
      - {id: old, title: t, match: {kinds: [Widget.example.com]}, when: old.spec.size < object.spec.size, message: "{{ old.spec.size }}"}
      - id: late
        title: t
        match: {kinds: [Widget.example.com]}
        when: >-
          object.spec.times.exists(x, now > timestamp(x) && now < timestamp(x) + duration('400s')) && object.spec.size != 1
        message: late
      - id: looked-up
        title: t
        match: {kinds: [Widget.example.com]}
        when: lookup('ConfigMap', 'shop', object.spec.ref).?data.?mode.orValue('off') == 'off'
        message: "{{ lookup('ConfigMap', 'shop', object.spec.ref).?data.?mode.orValue('none') }}"
      - id: refs
        title: t
        match: {kinds: [Widget.example.com]}
        when: refs('ConfigMap').exists(c, c.data.mode == 'on')
        message: "{{ refs('ConfigMap').map(c, c.metadata.name) }}"
      - id: referrers
        title: t
        match: {kinds: [ConfigMap]}
        when: referrers('Widget.example.com').exists(w, w.spec.size > 1)
        message: "{{ referrers('Widget.example.com').map(w, w.spec.size) }}"
      - {id: unused, title: t, match: {kinds: [ConfigMap]}, when: referrers('Widget.example.com').size() == 0, message: unused}
    exceptions:
      - {rules: own, names: [w1], reason: r, until: 2026-01-01T00:10:00Z}
    """

  @Test("Incremental and fresh inspection agree", arguments: seeds)
  func agree(seed: UInt64) throws {
    let pack = try PackReadingTests.pack(Self.text)
    var random = SeededGenerator(seed: seed)
    var world = World(pack)
    for step in 0..<30 {
      for _ in 0..<Int.random(in: 1...3, using: &random) { try Self.change(&world, &random) }
      world.pass(.seconds(Int.random(in: 0...200, using: &random)))
      var fresh = Inspector(cluster: "test", checks: pack.checks)
      _ = fresh.inspect(
        world.graph.allHandles,
        in: world.graph,
        at: world.now,
        watchedFromStart: false
      )
      #expect(Self.conditions(of: world.inspector) == Self.conditions(of: fresh), "step \(step)")
    }
    #expect(pack.rules.map(\.meter.reading.lastError).allSatisfy { $0 == nil })
  }

  private static func change(_ world: inout World, _ random: inout SeededGenerator) throws {
    let names = ["a", "b", "c"]
    func number(_ limit: Int) -> Int { Int.random(in: 0...limit, using: &random) }
    switch number(9) {
    case 0: world.remove(ConfigMap.kind, "shop/\(names[number(2)])")
    case 1: world.remove(widget, "shop/w\(number(3))")
    case 2: world.change { $0.setKnowledge(of: ConfigMap.kind, to: .unknown("?"), touching: &$1) }
    case 3: world.change { $0.setKnowledge(of: ConfigMap.kind, to: .known, touching: &$1) }
    case 4, 5, 6:
      let data: JSONValue = [
        "mode": .string(["on", "off"][number(1)]), "x": .string("\(number(9))"),
      ]
      try world.put(ConfigMap.kind, "shop/\(names[number(2)])", ["data": data])
    default:
      let times = (0..<number(2)).map { _ in
        JSONValue.string((World.beginning + .seconds(number(4000))).rfc3339)
      }
      let refs = names.prefix(number(3)).map { JSONValue.string($0) }
      let spec: JSONValue = [
        "size": .integer(Int64(number(4))), "times": .array(times), "refs": .array(refs),
        "ref": .string(names[number(2)]),
      ]
      try world.put(widget, "shop/w\(number(3))", ["spec": spec])
    }
  }

  private static func conditions(of inspector: Inspector) -> Set<[String]> {
    Set(
      (inspector.findings + inspector.suspects).filter { $0.awaySince == nil }.map { finding in
        [finding.id.description, finding.check.description, finding.message, "\(finding.evidence)"]
      }
    )
  }
}
