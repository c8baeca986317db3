import ClusterGraph
import Inspection
import KubernetesObjects
import Rules
import Testing
import WireFormats

/// Rules as checks: what they see, and when they look again.
@Suite struct RuleCheckTests {
  private static let widget = ObjectKind("Widget", group: "example.com")

  private static func world(
    _ condition: String,
    _ more: String = "",
    known: [ObjectKind] = []
  ) throws -> World {
    let text = PackReadingTests.rule(when: condition, more, kinds: "Widget.example.com")
    return World(try PackReadingTests.pack(text), known: known)
  }

  @Test func aConditionIsAFinding() throws {
    var world = try Self.world("object.spec.size > 2")
    try world.put(Self.widget, "shop/a", ["spec": ["size": 3]])
    try world.put(Self.widget, "shop/b", ["spec": ["size": 2]])
    #expect(world.findings == ["shop/it about Widget.example.com shop/a"])
    try world.put(Self.widget, "shop/a", ["spec": ["size": 1]])
    #expect(world.findings == [])
  }

  @Test func whatNoRuleReadsRunsNoRule() throws {
    var world = try Self.world("object.spec.size > 2")
    try world.put(
      Self.widget,
      "shop/a",
      ["spec": ["size": 3, "colour": "red"], "status": ["n": 1]]
    )
    let runs = world.inspector.checksRun
    try world.put(
      Self.widget,
      "shop/a",
      ["spec": ["size": 3, "colour": "blue"], "status": ["n": 2]]
    )
    #expect(world.inspector.checksRun == runs)
    try world.put(Self.widget, "shop/a", ["spec": ["size": 4, "colour": "blue"]])
    #expect(world.inspector.checksRun == runs + 1)
  }

  @Test(
    "A condition begins and ends by time alone",
    arguments: [
      "now - timestamp(object.spec.since) > duration('1h')",
      "duration('1h') < now - timestamp(object.spec.since)",
      "now > timestamp(object.spec.since) + duration('1h')",
      "timestamp(object.spec.since) - now < duration('-1h')",
      "now - duration('1h') > timestamp(object.spec.since)",
      "duration('1h') + timestamp(object.spec.since) < now",
      "[object.spec].exists(s, now - timestamp(s.since) > duration('1h'))",
    ]
  )
  func begins(condition: String) throws {
    var world = try Self.world(condition)
    try world.put(Self.widget, "shop/a", ["spec": ["since": "2026-01-01T00:00:00Z"]])
    #expect(world.findings == [])
    #expect(world.inspector.nextDeadline == world.now + .seconds(3600) + .milliseconds(1))
    world.pass(.seconds(3600))
    #expect(world.findings == [])
    world.pass(.milliseconds(1))
    #expect(world.findings.count == 1)
    #expect(world.inspector.findings.first?.since == world.now)
    #expect(world.inspector.nextDeadline == nil)
  }

  @Test func aConditionEndsByTimeAlone() throws {
    var world = try Self.world("now < timestamp(object.spec.until) && object.spec.on")
    try world.put(Self.widget, "shop/a", ["spec": ["until": "2026-01-01T01:00:00Z", "on": true]])
    #expect(world.findings.count == 1)
    world.pass(.seconds(3599))
    #expect(world.findings.count == 1)
    world.pass(.seconds(1))
    #expect(world.findings == [])
  }

  @Test func aConditionMayHoldSeveralTimes() throws {
    var world = try Self.world(
      "object.spec.days.exists(d, now >= timestamp(d) && now < timestamp(d) + duration('1h'))"
    )
    let days: JSONValue = ["2026-01-01T01:00:00Z", "2026-01-01T04:00:00Z"]
    try world.put(Self.widget, "shop/a", ["spec": ["days": days]])
    var found: [Int] = []
    for _ in 0..<6 {
      found.append(world.findings.count)
      world.pass(.seconds(3600))
    }
    #expect(found == [0, 1, 0, 0, 1, 0])
  }

  @Test func whatWasBeforeIsSeenOnceThereWasSomething() throws {
    var world = try Self.world("old.spec.size < object.spec.size")
    try world.put(Self.widget, "shop/a", ["spec": ["size": 3]])
    #expect(world.findings == [])
    try world.put(Self.widget, "shop/a", ["spec": ["size": 4]])
    #expect(world.findings.count == 1)
    try world.put(Self.widget, "shop/a", ["spec": ["size": 2]])
    #expect(world.findings == [])
  }

  @Test func anObjectIsLookedUpByItsName() throws {
    var world = try Self.world(
      "lookup('ConfigMap', object.metadata.namespace, object.spec.ref) == null",
      known: [ConfigMap.kind]
    )
    try world.put(Self.widget, "shop/a", ["spec": ["ref": "x"]])
    #expect(world.findings.count == 1)
    try world.put(ConfigMap.kind, "shop/x")
    #expect(world.findings == [])
    world.remove(ConfigMap.kind, "shop/x")
    #expect(world.findings.count == 1)
  }

  @Test func fieldsOfWhatIsLookedUpAreRead() throws {
    var world = try Self.world(
      "lookup('ConfigMap', 'shop', object.spec.ref).?data.?mode.orValue('') == 'off'"
    )
    try world.put(Self.widget, "shop/a", ["spec": ["ref": "x"]])
    try world.put(ConfigMap.kind, "shop/x", ["data": ["mode": "on", "other": "1"]])
    #expect(world.findings == [])
    try world.put(ConfigMap.kind, "shop/x", ["data": ["mode": "off"]])
    #expect(world.findings.count == 1)
  }

  @Test func whatIsUnknownIsNotMissed() throws {
    var world = try Self.world("lookup('LimitRange', 'shop', 'x') == null")
    try world.put(Self.widget, "shop/a")
    #expect(world.findings == [])
    let kind = ObjectKind("LimitRange")
    world.change { $0.setKnowledge(of: kind, to: .known, touching: &$1) }
    #expect(world.findings.count == 1)
  }

  @Test func neighboursAreReadAlongTheEdges() throws {
    let pack = try PackReadingTests.pack(
      """
      references:
        - {id: config, from: Widget.example.com, field: spec.ref, to: [ConfigMap]}
      rules:
        - id: switched-off
          title: Off
          match: {kinds: [Widget.example.com]}
          when: refs('ConfigMap').exists(c, c.data.mode == 'off')
          message: "{{ refs('ConfigMap').map(c, c.metadata.name) }}"
        - id: unused
          title: Unused
          match: {kinds: [ConfigMap]}
          when: referrers('Widget.example.com').size() == 0
          message: Nobody reads {{ object.metadata.name }}
      """
    )
    var world = World(pack)
    try world.put(ConfigMap.kind, "shop/x", ["data": ["mode": "on"]])
    #expect(world.messages == ["Nobody reads x"])
    try world.put(Self.widget, "shop/a", ["spec": ["ref": "x"]])
    #expect(world.messages == [])
    try world.put(ConfigMap.kind, "shop/x", ["data": ["mode": "off"]])
    #expect(world.messages == ["x"])
    world.remove(ConfigMap.kind, "shop/x")
    world.pass(.seconds(30))
    #expect(world.findings == ["shop/config about Widget.example.com shop/a"])
  }

  @Test func exceptionsHoldUntilTheyEnd() throws {
    let text = PackReadingTests.rule(when: "object.spec.size > 2", kinds: "Widget.example.com")
    let pack = try PackReadingTests.pack(
      text + """

        exceptions:
          - {namespaces: [test-*], reason: for play}
          - {names: [b], where: object.spec.size < 5, reason: it is moved, until: 2026-01-02}
        """
    )
    var world = World(pack)
    try world.put(Self.widget, "test-1/a", ["spec": ["size": 3]])
    try world.put(Self.widget, "shop/b", ["spec": ["size": 3]])
    try world.put(Self.widget, "prod/b", ["spec": ["size": 7]])
    #expect(world.findings == ["shop/it about Widget.example.com prod/b"])
    world.pass(.seconds(86_400))
    #expect(world.findings.count == 2)
  }

  @Test func anExceptionThatCoversAnObjectNoMoreIsOverAtOnce() throws {
    let text = PackReadingTests.rule(when: "object.spec.size > 2", kinds: "Widget.example.com")
    let pack = try PackReadingTests.pack(
      text + """

        exceptions: [{where: object.spec.moved, reason: it is moved, until: 2026-01-02}]
        """
    )
    var world = World(pack)
    try world.put(Self.widget, "shop/a", ["spec": ["size": 3, "moved": true]])
    #expect(world.findings == [])
    try world.put(Self.widget, "shop/a", ["spec": ["size": 3, "moved": false]])
    #expect(world.findings.count == 1)
    #expect(world.inspector.findings.first?.since == world.now)
  }

  @Test func evidenceAndMessagesHaveValues() throws {
    var world = try Self.world(
      "has(object.spec.size)",
      "evidence: [object.spec.size, object.spec.none, 'object.spec.size * 2']"
    )
    try world.put(Self.widget, "shop/a", ["spec": ["size": 3]])
    let evidence = world.inspector.findings.flatMap(\.evidence).map { "\($0.path)=\($0.value)" }
    #expect(evidence == ["spec.size=3", "object.spec.size * 2=6"])
  }

  @Test func aRuleThatFailsSaysNothingAndIsSwitchedOffAtLast() throws {
    let pack = try PackReadingTests.pack(
      PackReadingTests.rule(when: "object.spec.size > 2", kinds: "Widget.example.com")
    )
    var world = World(pack)
    let meter = pack.rules[0].meter
    for number in 1...9 { try world.put(Self.widget, "shop/\(number)", ["spec": [:]]) }
    try world.put(Self.widget, "shop/big", ["spec": ["size": 3]])
    pack.rules[0].judge(in: world.graph)
    #expect(meter.reading.reasonToBeOff == nil)
    #expect(meter.reading.failing == 9)
    #expect(world.findings.count == 1)
    try world.put(Self.widget, "shop/10", ["spec": [:]])
    // One in a hundred may fail.
    for number in 1...989 {
      try world.put(Self.widget, "shop/good-\(number)", ["spec": ["size": 1]])
    }
    pack.rules[0].judge(in: world.graph)
    #expect(meter.reading.reasonToBeOff == nil)
    // What is not there any more counts for nothing.
    for number in 1...989 { world.remove(Self.widget, "shop/good-\(number)") }
    world.remove(Self.widget, "shop/10")
    pack.rules[0].judge(in: world.graph)
    #expect(meter.reading.reasonToBeOff == nil)
    try world.put(Self.widget, "shop/10", ["spec": [:]])
    pack.rules[0].judge(in: world.graph)
    #expect(
      meter.reading.reasonToBeOff == "it failed on 10 of 11 objects: 1:13: no such key: size"
    )
    try world.put(Self.widget, "shop/big", ["spec": ["size": 4]])
    #expect(world.findings == [])
  }

  @Test func aRuleIsJudgedByWhatItIsAbout() throws {
    let text = PackReadingTests.rule(when: "object.spec.size > 2", kinds: "Widget.example.com")
    let few = "kinds: [Widget.example.com], namespaces: [shop]"
    let pack = try PackReadingTests.pack(
      text.replacing("kinds: [Widget.example.com]", with: few)
    )
    var world = World(pack)
    for number in 1...10 { try world.put(Self.widget, "shop/\(number)", ["spec": [:]]) }
    for number in 1...1000 { try world.put(Self.widget, "other/\(number)", ["spec": [:]]) }
    pack.rules[0].judge(in: world.graph)
    #expect(pack.rules[0].meter.reading.reasonToBeOff?.hasPrefix("it failed on 10 of 10") == true)
  }

  @Test func labelsAndNamespacesSayWhatARuleIsAbout() throws {
    let pack = try PackReadingTests.pack(
      """
      rules:
        - id: it
          title: It
          match:
            kinds: [Widget.example.com]
            namespaces: [shop-*, "!shop-test"]
            labels: app=web
            where: object.spec.size > 2
          when: "true"
          message: it
      """
    )
    var world = World(pack)
    let labels: JSONValue = ["labels": ["app": "web"]]
    try world.put(Self.widget, "shop-1/a", ["spec": ["size": 3], "metadata": labels])
    try world.put(Self.widget, "shop-1/b", ["spec": ["size": 2], "metadata": labels])
    try world.put(Self.widget, "shop-1/c", ["spec": ["size": 3]])
    try world.put(Self.widget, "shop-test/a", ["spec": ["size": 3], "metadata": labels])
    #expect(world.findings == ["shop/it about Widget.example.com shop-1/a"])
  }

  @Test func causesFoldWhatFollows() throws {
    let pack = try PackReadingTests.pack(
      """
      references:
        - {id: config, from: Widget.example.com, field: spec.ref, to: [ConfigMap], optional: true}
      rules:
        - id: broken
          title: Broken
          match: {kinds: [ConfigMap]}
          when: object.data.mode == 'off'
          message: off
        - id: idle
          title: Idle
          match: {kinds: [Widget.example.com]}
          when: object.status.idle
          message: idle
      causes: [{cause: broken, explains: shop/idle, about: referrers}]
      """
    )
    var world = World(pack)
    try world.put(ConfigMap.kind, "shop/x", ["data": ["mode": "off"]])
    try world.put(Self.widget, "shop/a", ["spec": ["ref": "x"], "status": ["idle": true]])
    try world.put(Self.widget, "shop/b", ["spec": ["ref": "y"], "status": ["idle": true]])
    let findings = world.inspector.findings
    let causes = Causes(findings, checks: pack.checks, in: world.graph).causes
    let explained = findings.filter { causes[$0.id] != nil }
    #expect(explained.map(\.subject.description) == ["Widget.example.com shop/a"])
    let cause = findings.first { $0.id == explained.first.flatMap { causes[$0.id] } }
    #expect(cause?.check == "shop/broken")
  }
}
