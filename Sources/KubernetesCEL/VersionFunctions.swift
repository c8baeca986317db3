import CEL

extension CELLibrary {
  /// Versions such as `1.2.3-alpha.1`.
  static let kubernetesVersions = CELLibrary(
    overloads: [
      .function("semver") { (text: String, _) throws(CELError) -> SemanticVersion in
        try SemanticVersion(parsing: text)
      },
      .function("semver") {
        (text: String, normalize: Bool, _) throws(CELError) -> SemanticVersion in
        try SemanticVersion(parsing: text, isNormalized: normalize)
      },
      .function("isSemver") { (text: String, _) throws(CELError) -> Bool in
        (try? SemanticVersion(parsing: text)) != nil
      },
      .function("isSemver") { (text: String, normalize: Bool, _) throws(CELError) -> Bool in
        (try? SemanticVersion(parsing: text, isNormalized: normalize)) != nil
      },
      .member("isGreaterThan") {
        (left: SemanticVersion, right: SemanticVersion, _) throws(CELError) -> Bool in
        left.compared(to: right) > 0
      },
      .member("isLessThan") {
        (left: SemanticVersion, right: SemanticVersion, _) throws(CELError) -> Bool in
        left.compared(to: right) < 0
      },
      .member("compareTo") {
        (left: SemanticVersion, right: SemanticVersion, _) throws(CELError) -> Int64 in
        left.compared(to: right)
      },
    ]
      + ["major", "minor", "patch"].enumerated().map { index, name in
        CELOverload.member(name) { (version: SemanticVersion, _) throws(CELError) -> Int64 in
          guard let number = Int64(exactly: version.numbers[index]) else {
            throw CELError(.outOfRange("the version's number"))
          }
          return number
        }
      },
    typeNames: [SemanticVersion.name]
  )
}
