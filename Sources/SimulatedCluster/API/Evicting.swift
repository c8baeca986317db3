import WireFormats

/// Answers the `eviction` of a Pod: a deletion that asks the disruption budgets first.
struct Evicting: Sendable {
  let registry: Registry

  func evict(_ request: APIRequest, _ address: ObjectAddress) throws(APIFailure) -> APIResponse {
    guard let pod = registry.object(address) else {
      throw .notFound(address.resource, address.name)
    }
    var deletion = Deletion()
    deletion.dryRun = request.isDryRun
    if let body = try? JSONValue(parsing: request.body), let options = body["deleteOptions"] {
      deletion.gracePeriodSeconds = options["gracePeriodSeconds"]?.integerValue.map { Int($0) }
      deletion.uid = options[path: "preconditions", "uid"]?.stringValue
      if options["dryRun"]?.arrayValue?.contains("All") == true { deletion.dryRun = true }
    }
    for budget in DisruptionBudget.all(over: pod, in: registry) where budget.allowed < 1 {
      throw APIFailure(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        details: [
          "causes": [
            [
              "reason": "DisruptionBudget",
              "message": .string(
                "The disruption budget \(budget.name) needs \(budget.needed) healthy pods and has \(budget.healthy) currently"
              ),
            ]
          ]
        ]
      )
    }
    try registry.delete(address, deletion)
    return .json(
      [
        "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201,
      ],
      status: 201
    )
  }
}

/// What a PodDisruptionBudget comes to with the Pods as they are.
struct DisruptionBudget: Sendable, Equatable {
  let name: String
  let expected: Int
  let healthy: Int
  let needed: Int

  var allowed: Int { max(0, healthy - needed) }

  /// The budgets that a Pod counts for; one that is not ready may always go.
  static func all(over pod: StoredObject, in registry: Registry) -> [DisruptionBudget] {
    guard PodReading.isReady(pod) else { return [] }
    return registry.objects(.podDisruptionBudgets, in: pod.namespace)
      .filter { LabelSelector(spec: $0.value[path: "spec", "selector"]).matches(pod.labels) }
      .map { DisruptionBudget($0, in: registry) }
  }

  init(_ object: StoredObject, in registry: Registry) {
    let selector = LabelSelector(spec: object.value[path: "spec", "selector"])
    let pods = registry.objects(.pods, in: object.namespace)
      .filter { selector.matches($0.labels) && !$0.isTerminating }
    name = object.name
    expected = pods.count
    healthy = pods.count(where: PodReading.isReady)
    if let unavailable = object.value[path: "spec", "maxUnavailable"] {
      needed = max(0, expected - Self.number(unavailable, of: expected))
    } else {
      needed = Self.number(object.value[path: "spec", "minAvailable"] ?? 1, of: expected)
    }
  }

  /// A number, or a share such as `50%` rounded up.
  private static func number(_ value: JSONValue, of total: Int) -> Int {
    if let number = value.integerValue { return Int(number) }
    guard let text = value.stringValue, text.hasSuffix("%"), let share = Int(text.dropLast())
    else { return 0 }
    return (total * share + 99) / 100
  }
}
