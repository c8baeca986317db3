import Rules
import Testing
import UserConfiguration

/// What is wrong with a pack is told, all at once.
@Suite struct PackReadingTests {
  static func pack(_ rest: String) throws -> RulePack {
    let head = """
      apiVersion: kpatrol.io/v1
      kind: RulePack
      metadata: {name: shop}

      """
    return try RulePack(reading: head + rest, path: "shop.yaml")
  }

  static func rule(when condition: String, _ more: String = "", kinds: String = "Pod") -> String {
    """
    rules:
      - id: it
        title: It
        match: {kinds: [\(kinds)]}
        when: >-
          \(condition)
        message: it is so
        \(more)
    """
  }

  private func mistakes(_ rest: String) -> [String] {
    do {
      _ = try Self.pack(rest)
      return []
    } catch {
      return (error as? RulePack.Mistakes)?.mistakes.map(\.description) ?? ["\(error)"]
    }
  }

  @Test func allMistakesAreToldWithTheirPlacesAndWhatWasMeant() {
    let found = mistakes(
      """
      parms: {}
      rules:
        - id: Not Ready
          titel: x
          match: {kinds: [pod, Deployment, Podd]}
          when: objct.spec.x > 1 && params.limit > 2
          message: "{{ object.spec.x"
          severity: bad
          settles: long
      """
    )
    #expect(
      found == [
        "shop.yaml:4:1: parms: there is no such key; did you mean params?",
        "shop.yaml:6:5: rules[0].title: it is missing",
        "shop.yaml:6:9: rules[0].id: it is no id; write not-ready or shop/not-ready",
        "shop.yaml:7:5: rules[0].titel: there is no such key; did you mean title?",
        "shop.yaml:8:21: rules[0].match.kinds[0]: \"pod\" is not a kind; write Pod, "
          + "Deployment.apps or Certificate.cert-manager.io",
        "shop.yaml:8:26: rules[0].match.kinds[1]: \"Deployment\" is not a kind of the core group; "
          + "did you mean Deployment.apps?",
        "shop.yaml:8:38: rules[0].match.kinds[2]: \"Podd\" is not a kind of the core group; "
          + "did you mean Pod?",
        "shop.yaml:10:14: rules[0].message: 1:1: {{ is not closed by }}",
        "shop.yaml:11:15: rules[0].severity: \"bad\" may not stand here; write critical or warning "
          + "or info",
        "shop.yaml:12:14: rules[0].settles: \"long\" is not a duration of up to a year; write 90s, "
          + "5m or 1h30m",
      ]
    )
  }

  @Test func expressionsAreCheckedBeforeTheyAreEvaluated() {
    let found = mistakes(
      """
      params: {limit: 3}
      rules:
        - id: it
          title: It
          match: {kinds: [Pod]}
          when: objct.spec.x > 1 && params.limt > 2
          message: it
      """
    )
    #expect(
      found == [
        "shop.yaml:9:11: rules[0].when: 1:1: there is no variable objct; did you mean object?",
        "shop.yaml:9:11: rules[0].when: 1:28: a params has no field limt; did you mean limit?",
      ]
    )
  }

  @Test(
    "now may only be compared",
    arguments: [
      "now.getHours() > 3", "now == timestamp(object.x)", "[now].size() > 0",
      "now - timestamp(object.x) > now - timestamp(object.y)", "string(now) == 'x'",
      "int(now) * 2 > 3",
    ]
  )
  func refusesClock(condition: String) {
    #expect(mistakes(Self.rule(when: condition)).count == 1)
  }

  @Test func nowIsNotForMessages() {
    let found = mistakes(Self.rule(when: "true", "evidence: ['now > timestamp(object.x)']"))
    #expect(found.count == 1)
    #expect(found.first?.contains("now is only for when") == true)
  }

  @Test func kindsOfOtherObjectsHaveToBeWrittenOut() {
    #expect(mistakes(Self.rule(when: "refs(object.kind).size() > 0")).count == 1)
    #expect(mistakes(Self.rule(when: "refs('Deploymnet.apps').size() > 0")) == [])
    #expect(mistakes(Self.rule(when: "lookup('Secret', 'a').hasValue()")).count == 1)
    #expect(mistakes(Self.rule(when: "referrers('Pdo').size() > 0")).count == 1)
  }

  @Test func idsHaveToBeThereWhereTheyAreNamed() {
    let found = mistakes(
      Self.rule(when: "true") + """

        causes: [{cause: its, explains: other, about: same}]
        exceptions: [{rules: that, reason: none}]
        tests: [{name: a, objects: [], expect: [{rule: at, about: Pod a/b}]}]
        """
    )
    #expect(found.count == 4)
    #expect(found.first?.contains("did you mean shop/it?") == true)
  }
}
