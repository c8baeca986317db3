import WireFormats

/// What a report says: of each finding its check and subject, and whether it is a mere suspect.
struct ScannedReport {
  var found: Set<String> = []
  var suspected: Set<String> = []
  /// The checks that suspect something.
  var suspicions: Set<String> = []

  init(_ outcome: Program.Outcome) throws {
    let report = try JSONValue(parsing: Array(outcome.out))
    for finding in report["findings"]?.arrayValue ?? [] {
      let check = finding["check"]?.stringValue ?? ""
      let name = finding[path: "subject", "name"]?.stringValue ?? ""
      if finding["suspect"] == true {
        suspected.insert("\(check) \(name)")
        suspicions.insert(check)
      } else {
        found.insert("\(check) \(name)")
      }
    }
  }
}
