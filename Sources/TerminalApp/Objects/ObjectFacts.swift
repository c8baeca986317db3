import KubernetesObjects
package import WireFormats

/// What there is to say of a whole object before anybody wants its YAML.
package struct ObjectFacts: Sendable, Hashable {
  struct Field: Sendable, Hashable {
    let name: String
    let value: String
  }

  struct Condition: Sendable, Hashable {
    let type: String
    let status: String
    let text: String
    let since: Timestamp?

    /// Whether it is not as it should be, as far as its name tells.
    var isAmiss: Bool {
      if status == "Unknown" { return true }
      let isBad = ["Pressure", "Unavailable", "Fail", "Terminating", "NamesNotAccepted", "Stalled"]
        .contains { type.contains($0) }
      return isBad ? status == "True" : status == "False" && Self.wanted.contains(type)
    }

    private static let wanted: Set<String> = [
      "Ready", "Available", "Initialized", "ContainersReady", "PodScheduled", "Progressing",
      "Established", "Accepted", "Programmed", "ResolvedRefs", "AbleToScale", "ScalingActive",
      "Synced", "Healthy",
    ]
  }

  struct Container: Sendable, Hashable {
    /// A container's present or last state.
    struct State: Sendable, Hashable {
      /// What it is: `running`, `waiting` or `ended`.
      let word: String
      let reason: String
      let message: String
      let exitCode: Int64?
      let time: Timestamp?

      var isAmiss: Bool {
        word == "waiting" && !["", "ContainerCreating", "PodInitializing"].contains(reason)
          || (exitCode ?? 0) != 0
      }
    }

    let name: String
    let image: String
    /// `init` or `ephemeral`; empty for the usual ones.
    let sort: String
    let isReady: Bool
    let restarts: Int64
    let state: State?
    let last: State?
  }

  let createdAt: Timestamp?
  let deletedAt: Timestamp?
  let labels: [Field]
  let annotations: [String]
  let finalizers: [String]
  let spec: [Field]
  let status: [Field]
  let conditions: [Condition]
  let containers: [Container]
  /// The keys of a ConfigMap or a Secret; never a value of theirs.
  let dataKeys: [String]

  package init(_ object: JSONValue) {
    let metadata = object["metadata"] ?? [:]
    createdAt = Self.time(metadata["creationTimestamp"])
    deletedAt = Self.time(metadata["deletionTimestamp"])
    labels = (metadata["labels"]?.objectValue ?? [:]).sorted { $0.key < $1.key }
      .map { Field(name: $0.key, value: $0.value.stringValue ?? "") }
    annotations = (metadata["annotations"]?.objectValue ?? [:]).keys.sorted()
    finalizers = (metadata["finalizers"]?.arrayValue ?? []).compactMap(\.stringValue)
    spec = Self.fields(of: object["spec"])
    status = Self.fields(of: object["status"])
    conditions = (object[path: "status", "conditions"]?.arrayValue ?? []).map(Self.condition)
    containers = Self.containers(of: object)
    dataKeys = ["data", "binaryData"].flatMap { object[$0]?.objectValue?.keys.sorted() ?? [] }
  }

  private static func time(_ value: JSONValue?) -> Timestamp? {
    value?.stringValue.flatMap { Timestamp(rfc3339: $0) }
  }

  /// The members that are no objects and no lists: what they hold is for the YAML to show.
  private static func fields(of value: JSONValue?) -> [Field] {
    (value?.objectValue ?? [:]).sorted { $0.key < $1.key }.compactMap { key, value in
      let text: String
      switch value {
      case .string(let string): text = string
      case .boolean, .integer, .number: text = String(decoding: value.encoded(), as: UTF8.self)
      case .object, .array, .null: return nil
      }
      return text.isEmpty ? nil : Field(name: key, value: text)
    }
  }

  private static func condition(_ value: JSONValue) -> Condition {
    let texts = [value["reason"], value["message"]].compactMap { $0?.stringValue }
    return Condition(
      type: value["type"]?.stringValue ?? "",
      status: value["status"]?.stringValue ?? "",
      text: texts.filter { !$0.isEmpty }.joined(separator: ": "),
      since: time(value["lastTransitionTime"])
    )
  }

  // MARK: - Containers

  private static func containers(of object: JSONValue) -> [Container] {
    [("initContainers", "init"), ("containers", ""), ("ephemeralContainers", "ephemeral")]
      .flatMap { member, sort -> [Container] in
        let statusMember =
          sort.isEmpty ? "containerStatuses" : "\(member.dropLast())Statuses"
        let statuses = object[path: "status", statusMember]?.arrayValue ?? []
        return (object[path: "spec", member]?.arrayValue ?? []).map { container in
          let status = statuses.first { $0["name"] == container["name"] }
          return Container(
            name: container["name"]?.stringValue ?? "",
            image: container["image"]?.stringValue ?? "",
            sort: sort,
            isReady: status?["ready"]?.booleanValue ?? false,
            restarts: status?["restartCount"]?.integerValue ?? 0,
            state: state(status?["state"]),
            last: state(status?["lastState"])
          )
        }
      }
  }

  private static func state(_ value: JSONValue?) -> Container.State? {
    for (member, word, timeMember) in [
      ("running", "running", "startedAt"), ("waiting", "waiting", ""),
      ("terminated", "ended", "finishedAt"),
    ] {
      guard let state = value?[member] else { continue }
      return Container.State(
        word: word,
        reason: state["reason"]?.stringValue ?? "",
        message: state["message"]?.stringValue ?? "",
        exitCode: state["exitCode"]?.integerValue,
        time: time(state[timeMember])
      )
    }
    return nil
  }
}
