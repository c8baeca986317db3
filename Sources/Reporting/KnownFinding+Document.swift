import Inspection
package import Monitoring
package import WireFormats

extension KnownFinding {
  package static let apiVersion = "kpatrol.io/v1"

  /// It as agents tell it: as a scan's report has it, with what the Kubernetes API has of every object.
  package var document: JSONValue {
    var value = reported.json
    value["apiVersion"] = .string(Self.apiVersion)
    value["kind"] = "Finding"
    value["metadata"] = ["name": .string(finding.id.description)]
    if !team.isEmpty { value["team"] = .string(team) }
    value["layer"] = .string(layer.rawValue)
    return value
  }
}
