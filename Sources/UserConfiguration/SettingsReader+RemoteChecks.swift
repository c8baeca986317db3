import NameMatching
import YAMLReading

/// Reads what is said of remote checks.
extension SettingsReader {
  mutating func readRemoteChecks(_ value: YAMLValue) {
    var names = Set(settings.events.objects.map(\.name))
    for element in elements(value) {
      let check = remoteCheck(
        element,
        under: "remoteChecks[]",
        wants: ["name", "url", "kinds"],
        &names
      )
      guard let check else { continue }
      notePlace(of: element)
      settings.remoteChecks.append(check)
    }
  }

  /// Reads a map with the keys under a path, some of which must be there.
  mutating func remoteCheck(
    _ element: YAMLValue,
    under path: String,
    wants: [String],
    _ names: inout Set<String>
  ) -> RemoteCheckSettings? {
    var check = RemoteCheckSettings(name: "", url: "", kinds: [])
    let known = ConfigurationKey.names(under: path)
    let before = mistakes.count
    let isMap = readFields(of: element, known: known) { reader, field, value in
      switch field {
      case "name": check.name = reader.checkName(value, &names) ?? ""
      case "url":
        if case .url(let url)? = reader.location(value, "url") { check.url = url }
      case "kinds": check.kinds = reader.texts(in: value)
      case "contexts": check.contexts = reader.patterns(value)
      case "namespaces": check.namespaces = reader.texts(in: value)
      case "labels": check.labels = reader.labels(value)
      case "when":
        check.condition = reader.name(value).map { RemoteCheckSettings.Text($0, at: value.place) }
      case "fields": check.fields = reader.elements(value).compactMap { reader.fieldPath($0) }
      case "mode": check.mode = reader.mode(value) ?? check.mode
      case "batchSize":
        check.batchSize = reader.count(value, upTo: 1000) ?? check.batchSize
      case "concurrency":
        check.concurrency = reader.count(value, upTo: 64) ?? check.concurrency
      case "timeout": check.timeout = reader.positiveDuration(value) ?? check.timeout
      case "patience": check.patience = reader.positiveDuration(value) ?? check.patience
      case "tokenFile", "tokenCommand": check.token = reader.token(field, value)
      case "tokenScheme": check.tokenScheme = reader.word(value) ?? check.tokenScheme
      default: check.certificateAuthority = reader.filePath(value)
      }
    }
    guard isMap else { return nil }
    for name in wants where element.value(name) == nil {
      note(element.place.appending(name), "it is missing")
    }
    if let kinds = element.value("kinds"), check.kinds.isEmpty {
      note(kinds.place, "it names no kind")
    }
    noteTwo("tokenFile", "tokenCommand", in: element)
    return mistakes.count == before ? check : nil
  }

  /// A name that stands in the ids of findings.
  private mutating func checkName(_ value: YAMLValue, _ names: inout Set<String>) -> String? {
    let name = scalar(value, "is no name of small letters, digits and dashes") { text in
      let isName = text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
      }
      return isName && !text.isEmpty && text.utf8.count <= 63 ? text : nil
    }
    guard let name else { return nil }
    guard names.insert(name).inserted else {
      note(value.place, "another remote check is named \(QuotedText.excerpt(name)) too")
      return nil
    }
    return name
  }

  mutating func mode(_ value: YAMLValue) -> RemoteCheckSettings.Mode? {
    let help = "is no mode; write batch, binary or structured"
    return scalar(value, help, RemoteCheckSettings.Mode.init)
  }

  private mutating func texts(in value: YAMLValue) -> [RemoteCheckSettings.Text] {
    elements(value).compactMap { element in
      name(element).map { RemoteCheckSettings.Text($0, at: element.place) }
    }
  }

  private mutating func fieldPath(_ value: YAMLValue) -> RecordPath? {
    let help = #"is no path; write spec.replicas, spec.ports[*].name or metadata.labels["a.b/c"]"#
    return scalar(value, help) { text in
      guard let path = RecordPath(text), path != .root else { return nil }
      let isOfAll = path.steps.allSatisfy { if case .index = $0 { false } else { true } }
      return isOfAll ? path : nil
    }
  }

  mutating func count(_ value: YAMLValue, upTo limit: Int) -> Int? {
    scalar(value, "is no number from 1 to \(limit)") { text in
      Int(text).flatMap { (1...limit).contains($0) ? $0 : nil }
    }
  }
}
