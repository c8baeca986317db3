import WireFormats

/// Answers `/version`, `/healthz`, `/livez` and `/readyz`.
enum Health {
  private static let checks = [
    "ping", "log", "informer-sync", "poststarthook/start-apiextensions-controllers",
    "poststarthook/crd-informer-synced", "poststarthook/storage-readiness", "shutdown",
  ]

  /// `nil`: the path is none of these.
  static func answer(_ request: APIRequest) throws(APIFailure) -> APIResponse? {
    guard let first = request.segments.first,
      ["version", "healthz", "livez", "readyz"].contains(first)
    else { return nil }
    guard request.method == "GET" else { throw .methodNotAllowed }
    guard first != "version" else { return .json(version) }
    guard request.query.isOn("verbose") else { return .text("ok") }
    let lines = checks.map { "[+]\($0) ok\n" }.joined()
    return .text("\(lines)\(first) check passed\n")
  }

  static let version: JSONValue = [
    "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36",
    "minCompatibilityMajor": "1", "minCompatibilityMinor": "35", "gitVersion": "v1.36.2-simulated",
    "gitCommit": "0000000000000000000000000000000000000000", "gitTreeState": "clean",
    "buildDate": "1970-01-01T00:00:00Z", "goVersion": "none", "compiler": "swiftc",
    "platform": "linux/amd64",
  ]
}
