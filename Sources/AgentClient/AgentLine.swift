import Inspection
import KubernetesObjects
import WireFormats

/// A line of what an agent answers to one who follows its findings.
enum AgentLine {
  /// A finding is new, or other than it was.
  case told(AttachedFinding, version: String)
  case deleted(FindingID, cluster: String, isMoved: Bool, version: String)
  /// How all of the agent's clusters stand.
  case clusters([AttachedCluster])
  /// Up to here all was told; the first also says that all there was has been.
  case bookmark(version: String, endsInitial: Bool)
  /// What was known is too old: all is to be told anew.
  case expired
  case failed(reason: String)
  /// Something that this program does not know, and need not.
  case other
}

extension AgentLine {
  /// Reads a line; throws where it is none.
  init(_ bytes: [UInt8], _ reader: inout FindingReader) throws {
    let value = try JSONValue(parsing: bytes)
    guard case .object? = value["object"], let object = value["object"],
      let type = value["type"]?.stringValue
    else { throw UnreadableLine() }
    switch type {
    case "ADDED", "MODIFIED":
      self = .told(try reader.finding(object), version: Self.version(of: object))
    case "DELETED":
      let told = ToldValue(value: object)
      guard let id = FindingID(try told.neededName("id")) else { throw UnreadableLine() }
      self = .deleted(
        id,
        cluster: try told.neededName("cluster"),
        isMoved: object["metadata"]?["annotations"]?["kpatrol.io/moved"] == "true",
        version: Self.version(of: object)
      )
    case "CLUSTERS":
      self = .clusters(
        try ToldValue(value: object).list("items").map { try AttachedCluster($0) }
      )
    case "BOOKMARK":
      let annotations = object["metadata"]?["annotations"]
      self = .bookmark(
        version: Self.version(of: object),
        endsInitial: annotations?["k8s.io/initial-events-end"] == "true"
      )
    case "ERROR":
      let message = try ToldValue(value: object).text("message") ?? ""
      self = object["code"] == 410 ? .expired : .failed(reason: message)
    default: self = .other
    }
  }

  /// A version that can stand in a URL as it is; empty where there is none.
  private static func version(of object: JSONValue) -> String {
    guard let text = object["metadata"]?["resourceVersion"]?.stringValue, text.utf8.count <= 128,
      text.utf8.allSatisfy({ byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
      })
    else { return "" }
    return text
  }
}

extension AttachedCluster {
  fileprivate init(_ value: JSONValue) throws(UnreadableLine) {
    let told = ToldValue(value: value)
    let metadata = ToldValue(value: value["metadata"] ?? .null)
    self.init(name: try metadata.neededName("name"))
    uid = try metadata.name("uid") ?? ""
    server = try told.name("server") ?? ""
    version = try told.name("version") ?? ""
    agentVersion = try told.name("agentVersion") ?? ""
    state = try told.name("state") ?? ""
    trouble = try told.text("trouble")
    since = try told.time("since")
    isInspected = try told.flag("inspected")
    kinds = try told.count("kinds")
    kindsSynced = try told.count("kindsSynced")
    objects = try told.count("objects")
    eventsPerSecond = try told.number("eventsPerSecond")
    lag = .seconds(min(try told.number("lagSeconds"), 1e9))
    suspects = try told.count("suspects")
    lastEvent = try told.time("lastEvent")
    notInspected = try told.list("notInspected").map { value throws(UnreadableLine) in
      let told = ToldValue(value: value)
      return NotInspected(
        kind: ObjectKind(try told.neededName("kind"), group: try told.name("group") ?? ""),
        reason: try told.text("reason") ?? "",
        onlyNamespaces: try told.names("onlyNamespaces"),
        checks: try told.names("checks").map { CheckID(stringLiteral: $0) }
      )
    }
    brokenGroups = try told.list("brokenGroups").map { value throws(UnreadableLine) in
      let told = ToldValue(value: value)
      return (try told.neededName("groupVersion"), try told.text("reason") ?? "")
    }
  }
}
