import Inspection
import KubernetesObjects
package import WireFormats

/// Rebuilds findings from the documents in which agents tell them.
package struct FindingReader: Sendable {
  private static let things = Dictionary(
    uniqueKeysWithValues: SharedThing.allCases.map { ($0.kindName, $0) }
  )
  private static let severities = Dictionary(
    uniqueKeysWithValues: Severity.allCases.map { ($0.name, $0) }
  )

  /// Findings share the texts that come again and again.
  private var texts = SharedTexts()
  private var kinds: [String: ObjectKind] = [:]

  package init() {}

  /// The finding of a document; throws where it is none.
  package mutating func finding(_ document: JSONValue) throws -> AttachedFinding {
    let told = ToldValue(value: document)
    guard let id = FindingID(try told.neededName("id")),
      let severity = try severity(told, "severity"), let since = try told.time("since"),
      let subject = document["subject"], let message = try told.text("message")
    else { throw UnreadableLine() }
    let ofCheck = try self.severity(told, "severityOfCheck")
    var related: [VertexID] = []
    for vertex in try told.list("related") { related.append(try self.vertex(vertex)) }
    var evidence: [Evidence] = []
    for element in try told.list("evidence") { evidence.append(try self.evidence(element)) }
    var finding = Finding(
      id: id,
      cluster: texts.sharing(try told.neededName("cluster")),
      check: CheckID(stringLiteral: texts.sharing(try told.neededName("check"))),
      severity: ofCheck ?? severity,
      subject: try vertex(subject),
      message: message,
      evidence: evidence,
      related: related,
      remedies: try told.names("remedies").map { RemedyID(stringLiteral: texts.sharing($0)) },
      since: since,
      mayBeYounger: try told.flag("mayBeYounger"),
      likeness: try likeness(told)
    )
    if ofCheck != nil { finding.severityOfTeam = severity }
    if let away = try told.time("awaySince") { finding.awaySince = away }
    if let muted = document["muted"], muted != .null {
      let muted = ToldValue(value: muted)
      finding.muting = Muting(
        reason: texts.sharing(try muted.text("reason") ?? ""),
        until: try muted.time("until"),
        author: try muted.text("author")
      )
    }
    return try attached(finding, told)
  }

  private mutating func attached(
    _ finding: Finding,
    _ told: ToldValue
  ) throws(UnreadableLine) -> AttachedFinding {
    var labels: [String: String] = [:]
    for (key, value) in (told.value["labels"]?.objectValue ?? [:]).prefix(ToldValue.listLimit) {
      guard let value = value.stringValue, key.utf8.count <= ToldValue.nameLimit,
        value.utf8.count <= ToldValue.nameLimit
      else { throw UnreadableLine() }
      labels[texts.sharing(key)] = texts.sharing(value)
    }
    let related = finding.related
    let absent = try told.list("absentRelated").map { place throws(UnreadableLine) in
      guard let place = place.integerValue.flatMap(Int.init(exactly:)),
        related.indices.contains(place)
      else { throw UnreadableLine() }
      return related[place]
    }
    let layer = try told.text("layer").map { OwnershipLayer(rawValue: $0) }
    return AttachedFinding(
      finding,
      title: texts.sharing(try told.text("title") ?? ""),
      team: texts.sharing(try told.name("team") ?? ""),
      layer: (layer ?? .workload) ?? .workload,
      node: texts.sharing(try told.name("node") ?? ""),
      owner: texts.sharing(try told.name("owner") ?? ""),
      labels: Labels(labels),
      bytes: Int64(try told.count("bytes")),
      absent: absent,
      cause: try told.text("cause").flatMap { FindingID($0) },
      ends: try ends(told)
    )
  }

  private func severity(
    _ told: ToldValue,
    _ name: String
  ) throws(UnreadableLine) -> Severity? {
    guard let text = try told.text(name) else { return nil }
    guard let severity = Self.severities[text] else { throw UnreadableLine() }
    return severity
  }

  private func ends(_ told: ToldValue) throws(UnreadableLine) -> CausalEnds? {
    guard let value = told.value["causality"], value != .null else { return nil }
    let told = ToldValue(value: value)
    guard
      let ends = CausalEnds(
        explains: try told.names("explains"),
        explainedBy: try told.names("explainedBy")
      )
    else { throw UnreadableLine() }
    return ends
  }

  private mutating func likeness(_ told: ToldValue) throws(UnreadableLine) -> Likeness? {
    guard let value = told.value["likeness"], value != .null else { return nil }
    let likeness = ToldValue(value: value)
    guard let text = try likeness.text("text") else { throw UnreadableLine() }
    return Likeness(texts.sharing(text), isOfCluster: try likeness.flag("isOfCluster"))
  }

  private mutating func evidence(_ value: JSONValue) throws(UnreadableLine) -> Evidence {
    let told = ToldValue(value: value)
    guard let source = value["source"], let path = try told.text("path"),
      let text = try told.text("value")
    else { throw UnreadableLine() }
    return Evidence(try vertex(source), texts.sharing(path), text)
  }

  /// What a document's vertex stands for: an object, or something that objects name.
  ///
  /// Of what is no object the kind is told as people read it, and nothing but the name; no kind of the core
  /// group is called like any of these.
  private mutating func vertex(_ value: JSONValue) throws(UnreadableLine) -> VertexID {
    let told = ToldValue(value: value)
    let kind = try told.neededName("kind")
    guard let name = try told.text("name") else { throw UnreadableLine() }
    let (group, namespace) = (try told.name("group") ?? "", try told.name("namespace") ?? "")
    if group.isEmpty, namespace.isEmpty, value["apiVersion"] == nil {
      if kind == "Address" {
        guard let address = IPAddress(name) else { throw UnreadableLine() }
        return .address(address)
      }
      if let thing = Self.things[kind] { return .shared(thing, name) }
    }
    guard !name.isEmpty else { throw UnreadableLine() }
    return .object(
      ObjectKey(sharing(kind, group), namespace: texts.sharing(namespace), name: name)
    )
  }

  private mutating func sharing(_ name: String, _ group: String) -> ObjectKind {
    if let known = kinds[name], known.group == group { return known }
    if kinds.count > 1000 { kinds = [:] }
    let kind = ObjectKind(name, group: group)
    kinds[name] = kind
    return kind
  }
}
