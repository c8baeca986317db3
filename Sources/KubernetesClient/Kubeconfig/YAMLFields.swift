import YAMLReading

/// A mapping of a kubeconfig, whose fields are read with errors that tell where.
struct YAMLFields {
  private let map: YAMLValue

  /// Reads a whole file's text.
  init(parsing text: String, path: String) throws(KubeconfigError) {
    do {
      map = try YAMLValue(parsing: text, path: path)
    } catch {
      throw KubeconfigError(error)
    }
    guard map.isMap || map.isNull else {
      throw KubeconfigError(map.wrongType("a map"))
    }
  }

  /// The path of the file.
  var path: String { place.path }

  /// Where the map itself stands.
  var place: FieldPlace { map.place }

  /// Where a field stands, or where it would have to stand.
  func place(of name: String) -> FieldPlace { value(name)?.place ?? place.appending(name) }

  func string(_ name: String) throws(KubeconfigError) -> String? {
    try read(name) { value throws(YAMLProblem) in try value.string() }
  }

  func boolean(_ name: String) throws(KubeconfigError) -> Bool {
    try read(name) { value throws(YAMLProblem) in try value.boolean() } ?? false
  }

  func map(_ name: String) throws(KubeconfigError) -> YAMLFields? {
    try read(name) { value throws(YAMLProblem) in try YAMLFields(checking: value) }
  }

  /// What stands for an entry without fields.
  func empty(_ name: String) -> YAMLFields { YAMLFields(map: map.absent(name)) }

  func maps(_ name: String) throws(KubeconfigError) -> [YAMLFields] {
    try read(name) { value throws(YAMLProblem) in
      var maps: [YAMLFields] = []
      for element in try value.elements() { maps.append(try YAMLFields(checking: element)) }
      return maps
    } ?? []
  }

  func strings(_ name: String) throws(KubeconfigError) -> [String] {
    try read(name) { value throws(YAMLProblem) in
      var strings: [String] = []
      for element in try value.elements() { strings.append(try element.string()) }
      return strings
    } ?? []
  }

  /// The names of all fields, in order.
  var names: [String] { map.names }

  func value(_ name: String) -> YAMLValue? { map.value(name) }

  func wrongType(_ name: String, _ expected: String) -> KubeconfigError {
    KubeconfigError(.wrongType(at: place(of: name), expected: expected))
  }

  private init(map: YAMLValue) { self.map = map }

  private init(checking value: YAMLValue) throws(YAMLProblem) {
    guard value.isMap else { throw value.wrongType("a map") }
    self.init(map: value)
  }

  private func read<Value>(
    _ name: String,
    _ body: (YAMLValue) throws(YAMLProblem) -> Value
  ) throws(KubeconfigError) -> Value? {
    guard let value = value(name) else { return nil }
    do {
      return try body(value)
    } catch {
      throw KubeconfigError(error)
    }
  }
}

extension KubeconfigError {
  fileprivate init(_ problem: YAMLProblem) {
    switch problem {
    case .notYAML(let path, let line, _, let reason):
      self = .broken(path: path, line: line, reason: reason)
    case .wrongType(let place, let expected):
      self = .wrongType(
        path: place.path,
        line: place.line,
        field: place.field.isEmpty ? "the file" : place.field,
        expected: expected
      )
    }
  }
}
