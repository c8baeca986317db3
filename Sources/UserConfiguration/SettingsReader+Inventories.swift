import KubernetesObjects
import NameMatching
import YAMLReading

/// Reads what is said of inventories.
extension SettingsReader {
  /// Nobody's inventory stands being asked more often.
  private static let shortestInterval = Duration.seconds(5)

  mutating func readInventories(_ value: YAMLValue) {
    var names: Set<String> = []
    for element in elements(value) {
      guard let inventory = inventory(element, &names) else { continue }
      notePlace(of: element)
      settings.inventories.append(inventory)
    }
  }

  private mutating func inventory(
    _ element: YAMLValue,
    _ names: inout Set<String>
  ) -> InventorySettings? {
    var name: String?
    var kind: InventorySettings.Kind?
    var source: InventorySource?
    // Which fields there may be depends on the kind, wherever that is written.
    let written = element.value("kind")?.scalar.flatMap(InventorySettings.Kind.init(rawValue:))
    var rest = InventorySettings(
      name: "",
      kind: written ?? .cmdb,
      source: InventorySource(.file(""))
    )
    let known = ConfigurationKey.names(under: "inventories[]")
    let isMap = readFields(of: element, known: known) { reader, field, value in
      switch field {
      case "name": name = reader.uniqueName(value, &names)
      case "kind":
        kind = reader.scalar(
          value,
          "is no kind of inventory; write cmdb or ipam",
          InventorySettings.Kind.init(rawValue:)
        )
      case "contexts": rest.contexts = reader.patterns(value)
      case "from": source = reader.source(value)
      case "map": rest.map = reader.map(value, of: written ?? .cmdb)
      case "labels":
        rest.labels = reader.texts(value, known: InventorySettings.labelFields.map(\.rawValue))
          .reduce(into: [:]) { $0[InventorySettings.Field(rawValue: $1.key) ?? .zone] = $1.value }
      case "clusters": rest.clusters = reader.texts(value, known: nil)
      case "release": rest.release = reader.release(value)
      case "retiredStates": rest.retiredStates = reader.states(value)
      default: rest.plannedStates = reader.states(value)
      }
    }
    guard isMap else { return nil }
    for name in ["name", "kind", "from"] where element.value(name) == nil {
      note(element.place.appending(name), "it is missing")
    }
    guard let name, let kind, let source else { return nil }
    var inventory = InventorySettings(name: name, kind: kind, source: source)
    (inventory.contexts, inventory.map, inventory.labels) = (rest.contexts, rest.map, rest.labels)
    inventory.clusters = rest.clusters
    inventory.retiredStates = rest.retiredStates
    inventory.plannedStates = rest.plannedStates
    inventory.release = rest.release
    if let release = element.value("release") { check(release, of: inventory) }
    return inventory
  }

  private mutating func uniqueName(_ value: YAMLValue, _ names: inout Set<String>) -> String? {
    guard let name = name(value) else { return nil }
    guard names.insert(name).inserted else {
      note(value.place, "another inventory is named \(QuotedText.excerpt(name)) too")
      return nil
    }
    return name
  }

  // MARK: Releasing addresses

  private mutating func release(_ value: YAMLValue) -> InventorySettings.Release? {
    var release = InventorySettings.Release()
    let known = ConfigurationKey.names(under: "inventories[].release")
    let isMap = readFields(of: value, known: known) { reader, field, value in
      switch field {
      case "method":
        release.method = reader.scalar(
          value,
          "is no method; write PATCH, PUT, POST or DELETE",
          ReleaseRule.Method.init(rawValue:)
        )
      case "url": release.url = reader.recordURL(value)
      case "body": release.body = reader.name(value)
      case "undo": release.undo = reader.name(value)
      default: release.token = reader.token(field, value)
      }
    }
    noteTwo("tokenFile", "tokenCommand", in: value)
    return isMap ? release : nil
  }

  /// Tells what of a release does not go with its inventory.
  private mutating func check(_ release: YAMLValue, of inventory: InventorySettings) {
    guard inventory.kind == .ipam else {
      return note(release.place, "only an ipam has addresses that could be released")
    }
    switch inventory.source.location {
    case .file: note(release.place, "a file is read, and never changed")
    case .url where release.value("url") == nil:
      note(release.place.appending("url"), "it is missing")
    case .url: break
    case .netBox:
      if let url = release.value("url") { note(url.place, "it says nothing beside netbox") }
      if let method = release.value("method"), [.post, .put].contains(inventory.release?.method) {
        note(method.place, "a netbox knows PATCH and DELETE alone")
      }
    }
  }

  /// The URL of a record, in whose path and query the record's own values may stand.
  private mutating func recordURL(_ value: YAMLValue) -> String? {
    guard case .url(let url)? = location(value, "url") else { return nil }
    let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
    let host = rest.prefix { $0 != "/" }
    guard !host.contains("{") else {
      note(value.place, "a record's values may stand in its path and query alone")
      return nil
    }
    return url
  }

  // MARK: Where records come from

  private mutating func source(_ value: YAMLValue) -> InventorySource? {
    var source: InventorySource?
    var rest = InventorySource(.file(""))
    var places: [String] = []
    var paging = (next: RecordPath?.none, offset: String?.none, limit: "limit")
    let known = ConfigurationKey.names(under: "inventories[].from")
    let isMap = readFields(of: value, known: known) { reader, field, value in
      switch field {
      case "file", "url", "netbox":
        places.append(field)
        source = reader.location(value, field).map { InventorySource($0) }
      case "format":
        rest.format = reader.scalar(
          value,
          "is no format; write csv, json or yaml",
          InventorySource.Format.init(rawValue:)
        )
      case "records": rest.records = reader.path(value) ?? .root
      case "next": paging.next = reader.path(value)
      case "offset": paging.offset = reader.name(value)
      case "limit": paging.limit = reader.name(value) ?? "limit"
      case "pageSize":
        rest.pageSize =
          reader.scalar(value, "is no number from 1 to 100000") { text in
            Int(text).flatMap { (1...100_000).contains($0) ? $0 : nil }
          } ?? 500
      case "tokenFile", "tokenCommand": rest.token = reader.token(field, value)
      case "tokenScheme": rest.tokenScheme = reader.word(value)
      case "certificateAuthority": rest.certificateAuthority = reader.filePath(value)
      case "every": rest.every = reader.interval(value)
      default: rest.timeout = reader.positiveDuration(value) ?? rest.timeout
      }
    }
    guard isMap else { return nil }
    guard places.count == 1 else {
      let reason =
        places.isEmpty
        ? "one of file, url and netbox is missing"
        : "\(places.joined(separator: " and ")) exclude each other"
      note(value.place, reason)
      return nil
    }
    noteTwo("tokenFile", "tokenCommand", in: value)
    noteTwo("next", "offset", in: value)
    guard var source else { return nil }
    noteUseless(in: value, for: source.location)
    rest.location = source.location
    source = rest
    if let next = paging.next {
      source.paging = .nextLink(next)
    } else if let offset = paging.offset {
      source.paging = .offset(parameter: offset, limitParameter: paging.limit)
    }
    if case .file(let path) = source.location, source.format == nil {
      source.format = Self.format(of: path)
      if source.format == nil {
        note(value.place.appending("format"), "it is missing, and the file's name does not tell")
      }
    }
    return source
  }

  /// Tells what says nothing beside such a location.
  private mutating func noteUseless(in value: YAMLValue, for location: InventorySource.Location) {
    let useless: [String]
    switch location {
    case .file:
      useless = [
        "next", "offset", "limit", "pageSize", "tokenFile", "tokenCommand", "tokenScheme",
        "certificateAuthority", "timeout",
      ]
    case .netBox: useless = ["format", "records", "next", "offset", "limit"]
    case .url: useless = []
    }
    let name = if case .file = location { "file" } else { "netbox" }
    for key in useless {
      guard let written = value.value(key) else { continue }
      note(written.place, "it says nothing beside \(name)")
    }
  }

  mutating func location(
    _ value: YAMLValue,
    _ field: String
  ) -> InventorySource.Location? {
    if field == "file" { return filePath(value).map { .file($0) } }
    let url = scalar(value, "is no URL; write https://… or http://…") { text -> String? in
      let rest = text.split(separator: "://", maxSplits: 1)
      guard rest.count == 2, ["http", "https"].contains(rest[0].lowercased()),
        let host = rest[1].split(separator: "/").first, !host.contains("@"),
        text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
      else { return nil }
      return text
    }
    return url.map { field == "url" ? .url($0) : .netBox($0) }
  }

  private static func format(of path: String) -> InventorySource.Format? {
    switch path.split(separator: ".").last?.lowercased() {
    case "csv": .csv
    case "json": .json
    case "yaml", "yml": .yaml
    default: nil
    }
  }

  /// The path of a file, from the folder of the configuration file.
  mutating func filePath(_ value: YAMLValue) -> String? {
    guard let path = name(value), !path.hasPrefix("/") else { return name(value) }
    let folder = value.place.path.split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/")
    return folder.isEmpty ? path : "\(folder)/\(path)"
  }

  mutating func command(_ value: YAMLValue) -> [String]? {
    let words = elements(value).compactMap { name($0) }
    guard words.isEmpty else { return words }
    note(value.place, "it names no program")
    return nil
  }

  mutating func word(_ value: YAMLValue) -> String? {
    scalar(value, "is no word of letters, digits and dashes") { text in
      let isWord = text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
      }
      return isWord && !text.isEmpty ? text : nil
    }
  }

  mutating func positiveDuration(_ value: YAMLValue) -> Duration? {
    guard let duration = duration(value) else { return nil }
    guard duration > .zero else {
      note(value.place, "it is not over 0s")
      return nil
    }
    return duration
  }

  private mutating func interval(_ value: YAMLValue) -> Duration? {
    guard let duration = duration(value) else { return nil }
    guard duration >= Self.shortestInterval else {
      note(value.place, "it is shorter than 5s")
      return nil
    }
    return duration
  }

  // MARK: What records say

  private mutating func map(
    _ value: YAMLValue,
    of kind: InventorySettings.Kind
  ) -> [InventorySettings.Field: [RecordPath]] {
    var map: [InventorySettings.Field: [RecordPath]] = [:]
    let known = InventorySettings.Field.fields(of: kind).map(\.rawValue)
    readFields(of: value, known: known, called: "field of a \(kind.rawValue)") {
      reader,
      name,
      value in
      guard let field = InventorySettings.Field(rawValue: name) else { return }
      map[field] =
        value.scalar == nil
        ? reader.elements(value).compactMap { reader.path($0) }
        : [reader.path(value)].compactMap(\.self)
    }
    return map
  }

  private mutating func path(_ value: YAMLValue) -> RecordPath? {
    scalar(value, "is no path; write primary_ip.address or interfaces[0].name") { RecordPath($0) }
  }

  /// A map of texts, whose names are `known` if that is given.
  private mutating func texts(_ value: YAMLValue, known: [String]?) -> [String: String] {
    var texts: [String: String] = [:]
    let names = known ?? (value.isMap ? value.names : [])
    readFields(of: value, known: names, called: "field") { reader, name, value in
      texts[name] = reader.name(value)
    }
    return texts
  }

  private mutating func states(_ value: YAMLValue) -> Set<String> {
    Set(elements(value).compactMap { name($0)?.lowercased() })
  }
}
