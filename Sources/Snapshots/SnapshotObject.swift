import KubernetesObjects
import WireFormats

/// One object of a snapshot, and where it stands.
struct SnapshotObject {
  let kind: ObjectKind
  let version: String
  var value: JSONValue
  let path: String
  let line: Int

  /// All objects of a document, which may be a list of them.
  static func all(
    in document: SnapshotDocuments.Document,
    path: String
  ) -> (objects: [SnapshotObject], problems: [SnapshotProblem]) {
    var objects: [SnapshotObject] = []
    var problems: [SnapshotProblem] = []
    let place = SnapshotPlace(path: path, line: document.line)
    collect(document.value, nil, &objects, &problems, place)
    return (objects, problems)
  }

  private struct SnapshotPlace {
    let path: String
    let line: Int
  }

  /// Takes an object, or each of a list; those of a `PodList` need not say that they are Pods.
  private static func collect(
    _ value: JSONValue,
    _ listed: (kind: String, apiVersion: String)?,
    _ objects: inout [SnapshotObject],
    _ problems: inout [SnapshotProblem],
    _ place: SnapshotPlace
  ) {
    if let elements = value.arrayValue {
      for element in elements { collect(element, listed, &objects, &problems, place) }
      return
    }
    let kind = value["kind"]?.stringValue ?? listed?.kind ?? ""
    let apiVersion = value["apiVersion"]?.stringValue ?? listed?.apiVersion ?? ""
    if kind.hasSuffix("List"), value["metadata"]?["name"] == nil {
      // A list without objects holds none, or null.
      let elements = kind == "List" ? nil : (kind: String(kind.dropLast(4)), apiVersion: apiVersion)
      for item in value["items"]?.arrayValue ?? [] {
        collect(item, elements, &objects, &problems, place)
      }
      return
    }
    guard !kind.isEmpty, !apiVersion.isEmpty, value["metadata"]?["name"]?.stringValue != nil else {
      return problems.append(
        SnapshotProblem(
          path: place.path,
          line: place.line,
          reason: "it is no Kubernetes object: apiVersion, kind or metadata.name is missing"
        )
      )
    }
    objects.append(
      SnapshotObject(
        kind: ObjectKind(kind, apiVersion: apiVersion),
        version: apiVersion.split(separator: "/").last.map(String.init) ?? apiVersion,
        value: value,
        path: place.path,
        line: place.line
      )
    )
  }
}

extension SnapshotObject {
  /// Fields that tell when something was seen to happen.
  private static let timeFields: Set<String> = [
    "acquireTime", "completionTime", "creationTimestamp", "eventTime", "finishedAt",
    "firstTimestamp", "lastHeartbeatTime", "lastObservedTime", "lastProbeTime",
    "lastScaleTime", "lastScheduleTime", "lastSuccessfulTime", "lastTimestamp",
    "lastTransitionTime", "lastUpdateTime", "renewTime", "startTime", "startedAt", "time",
  ]

  /// The latest time that the object tells of; `nil` where it tells of none.
  var newestTime: Timestamp? { Self.newestTime(in: value) }

  private static func newestTime(in value: JSONValue) -> Timestamp? {
    switch value {
    case .array(let elements): elements.lazy.compactMap(newestTime).max()
    case .object(let members):
      members.lazy.compactMap { name, member in
        guard let text = member.stringValue else { return newestTime(in: member) }
        return timeFields.contains(name) ? Timestamp(rfc3339: text) : nil
      }.max()
    default: nil
    }
  }
}
